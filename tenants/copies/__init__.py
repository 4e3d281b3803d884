"""Nightly copies of each company: its rows in the store, so that it comes back without the database it lived in."""
