"""The mark that a kind of card takes in its class line."""


class Checkable:
    """It has a checklist."""
