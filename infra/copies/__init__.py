"""Copies of the embedded database: base copies and the log after them, and the way back to any moment."""
