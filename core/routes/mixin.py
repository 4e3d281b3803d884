"""The mark that a kind of card takes in its class line."""


class Routable:
    """Its cards are sent along routes, as `EntityKind.routes` says."""
