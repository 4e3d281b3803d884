"""Browsers of people: subscribed, let go, and how a notice is said in them."""
