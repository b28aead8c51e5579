"""People: who may do what, as the place where they sign in knows it."""
