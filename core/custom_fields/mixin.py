"""The mark that a kind of card takes in its class line."""


class Customizable:
    """It may be of several types, and has the fields that the company has added."""
