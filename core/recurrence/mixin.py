"""The mark that a kind of card takes in its class line."""


class Recurring:
    """It is a template with a plan; its kind says in `repeat` how a card is made from it."""
