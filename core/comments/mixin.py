"""The mark that a kind of card takes in its class line."""


class Commentable:
    """People may discuss it."""
