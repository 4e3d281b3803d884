"""The mark that a kind of card takes in its class line."""


class Taggable:
    """It may carry tags of the company."""
