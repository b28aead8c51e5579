"""Pull requests and issues on pages: the embedded forge's, or the way to GitHub's."""
