"""Morpher: phrases in cases over HTTP."""
