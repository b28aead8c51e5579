"""What is found in a family, and what people make of it."""
