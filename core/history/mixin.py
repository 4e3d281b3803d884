"""The mark that a kind of card takes in its class line."""


class Tracked:
    """Everything that happened to it is remembered and shown."""
