"""The mark that a kind of card takes in its class line."""


class Announced:
    """People are told of what happens to it: who was, is seen on the card, and each may mute it for himself."""
