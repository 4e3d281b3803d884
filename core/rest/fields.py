"""Fields that many requests share."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from core import richtext
from core.texts import clean_line

# Years that a plan can mean.
_YEARS = (2000, 2200)
ID: dict[str, Any] = {"min_value": 1, "max_value": 2**62}


class LineField(serializers.CharField):
    """One line of text; what breaks lines or hides among letters becomes a space."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_length": 500} | more)

    def to_internal_value(self, data: Any) -> str:
        line = clean_line(super().to_internal_value(data))
        if not line and not self.allow_blank:
            self.fail("blank")
        return line


class TextField(serializers.CharField):
    """Plain text, or HTML that begins with a block (`<p>…`): it is cleaned, and mentions get people's real names."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=richtext.LONGEST_HTML, allow_blank=True, trim_whitespace=False, **more)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            richtext.check(text)
        except richtext.NotKept as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal
        return text


class MomentField(serializers.DateTimeField):
    """A moment with its zone, within years that a plan can mean."""

    default_error_messages = {
        "zone": "Укажите время с часовым поясом, например 2026-11-21 18:00+03:00",
        "year": "Проверьте год срока",
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("zone")
        if not _YEARS[0] <= value.year < _YEARS[1]:
            self.fail("year")
        return super().enforce_timezone(value)
