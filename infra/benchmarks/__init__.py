"""Figures through the real server, each beside its floor measured in the same run."""
