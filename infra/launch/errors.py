"""What the launcher says when it cannot go on: one Russian sentence and what to do about it."""

from __future__ import annotations


class LaunchRefused(Exception):
    """The launch cannot go on; `sentence` says why and `advice` what the reader can do."""

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(f"{sentence} {advice}".strip())
        self.sentence = sentence
        self.advice = advice
