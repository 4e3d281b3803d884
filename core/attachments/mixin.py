"""The mark that a kind of card takes in its class line."""


class Attachable:
    """Files may be attached to it."""
