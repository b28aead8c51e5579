"""What is done for a pull request after its process has ended."""
