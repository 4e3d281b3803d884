"""What the sending of letters may stumble over."""


class LetterIsBeingSent(Exception):
    """Another worker holds the letter; its promise must stay until that worker is done or known dead."""
