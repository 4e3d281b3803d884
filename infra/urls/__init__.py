"""Addresses by side: the host decides which of them exist."""
