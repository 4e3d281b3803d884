"""The mark that a kind of card takes in its class line."""


class Recurring:
    """It has a plan. A template's kind says in `repeat` how its cards are made; about any other card its plan gives
    work, and the kind says in `regular` whose it is (core/recurrence/work.py)."""
