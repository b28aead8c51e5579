"""How upstream files become a family's directory."""
