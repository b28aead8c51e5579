"""What goes out in words: pull requests and issues."""
