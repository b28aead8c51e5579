"""The whole set on one machine: `make run` and `make demo`. Not for production."""
