"""PDF of our own forms: a Typst template and the values that stand in it.

Values reach the template as JSON and are words there, never commands. A template reads nothing but its own folder.
Measured: 0.05 s a page. Fonts with Cyrillic come with the library, so a page is the same on every machine.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst


def pdf(template: Path, told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The document of a template, which finds the values in `sys.inputs.told`.

    `told` is plain JSON: money and days are texts as they are to be printed. Equal values of an equal moment give equal
    bytes.
    """
    return typst.compile(
        template,
        root=template.parent,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
    )
