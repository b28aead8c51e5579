"""Reading: what a recorded history says, by the workflow's own code, without any worker."""
