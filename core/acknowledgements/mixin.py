"""The mark that a kind of card takes in its class line."""


class Acknowledgeable:
    """People may be asked to confirm that they have read it."""
