"""The mark that a kind of card takes in its class line."""


class Watched:
    """People may keep an eye on it."""
