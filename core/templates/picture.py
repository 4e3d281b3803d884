"""A picture of a signature or a stamp drawn anew: `python -m core.templates.picture`, a PNG from stdin to stdout."""

import io
import sys

from PIL import Image

from core.apart import confine

MOST_BYTES, MOST_SIDE = 300_000, 2000
_MEMORY, _SECONDS = 400 * 1024 * 1024, 5


def redrawn(content: bytes) -> bytes:
    """The same pixels without whatever else the file has carried. ValueError for what is no small PNG."""
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        if max(picture.size) > MOST_SIDE or min(picture.size) < 8:
            raise ValueError("too large or too small")
        clean = picture.convert("RGBA")
    made = io.BytesIO()
    clean.save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    confine(memory=_MEMORY, seconds=_SECONDS)
    sys.stdout.buffer.write(redrawn(sys.stdin.buffer.read()))
