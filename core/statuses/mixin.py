"""The mark that a kind of card takes in its class line."""


class Staged:
    """A company may refine its statuses and say which moves between them are allowed."""
