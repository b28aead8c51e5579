"""GitHub's side of the site: signing in with it, and what it sends by itself."""
