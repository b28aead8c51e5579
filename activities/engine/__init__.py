"""How task modules become Temporal activities: an author need not look in here."""
