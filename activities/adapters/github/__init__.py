"""GitHub by REST: settings, credentials, one client; github.com and Enterprise alike."""
