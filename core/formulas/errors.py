"""The only thing that a formula may end with besides a value."""


class FormulaError(Exception):
    """What is wrong, as a sentence for people, and at which sign of the text (0 is the first)."""

    def __init__(self, sentence: str, at: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.at = at
