"""Changes that billing makes."""
