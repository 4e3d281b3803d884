"""Verbs about templates of print and about words."""
