"""GitHub as a forge: branches, pull requests, issues and statuses by REST, without a clone."""
