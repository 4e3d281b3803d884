"""The mark that a kind of card takes in its class line."""


class Linkable:
    """It may be tied to cards of any kind that are linkable too."""
