"""Pictures of fonts in Chromium, before and after, taken by a program that runs confined."""
