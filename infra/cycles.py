"""Python's collector of cycles, kept away from what reading the code has made.

That is a million objects that live as long as the process: looking through them costs a fifth of the start and, later,
pauses of a tenth of a second under somebody's request.
"""

import gc

# A request makes tens of thousands of objects, nearly all of which go by themselves.
_YOUNG, _MIDDLE, _OLD = 10_000, 10, 10


def rest() -> None:
    """Collect nothing while the code is read; the first that a process calls."""
    gc.disable()


def go_on() -> None:
    """Collect from now on among what comes into being from now on."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    gc.enable()
