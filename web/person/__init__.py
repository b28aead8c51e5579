"""Who is there: signing in, sessions, roles, and that a form comes from one's own page."""
