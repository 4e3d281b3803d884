"""Stripe: the client that is called, what is read of its objects, when they are read."""
