"""Verbs about routes: how a card goes along one, what people decide, how routes are set up."""
