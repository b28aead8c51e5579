"""One process on a page: how it is drawn, kept live, and acted on."""
