"""What a tag is called. No database."""

from collections.abc import Iterable

from core.errors import Invalid
from core.texts import clean_line

MOST_ON_CARD, MOST_TAGS, LONGEST = 30, 1000, 60
COLOURS = ("", "grey", "blue", "green", "amber", "red", "violet")


def read_title(title: str, field: str = "title") -> str:
    """One line without commas, which separate tags wherever they are listed. Invalid on `field`."""
    line = clean_line(title)
    if not 1 <= len(line) <= LONGEST:
        raise Invalid({field: f"Метка — от 1 до {LONGEST} знаков"})
    if "," in line:
        raise Invalid({field: "Без запятых: ими метки отделяют друг от друга"})
    return line


def read_titles(titles: Iterable[str]) -> dict[str, str]:
    """Titles by how they are compared; of those that differ in case only the first stays. Invalid on `tags`."""
    found: dict[str, str] = {}
    for title in titles:
        line = read_title(title, "tags")
        found.setdefault(line.lower(), line)
    return found
