"""Log lines that name company and request, readable on a terminal and as JSON in production."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from core.context import company_or_none
from core.scrub import scrubbed

request_id: ContextVar[str] = ContextVar("request_id", default="-")
# What breaks around a scope, or before it is open, belongs to the company of the request's host.
request_slug: ContextVar[str] = ContextVar("request_slug", default="-")


def slug_here() -> str:
    """The company in whose name the code runs now; `-` outside all of them."""
    company = company_or_none()
    return company.slug if company else request_slug.get()


class LineFormatter(logging.Formatter):
    """`12:00:01 INFO  core.outbox acme 5f2c… text`; no personal data is added, what comes by itself is cut."""

    def __init__(self, json: bool = False) -> None:
        super().__init__(datefmt="%H:%M:%S")
        self.json = json

    def format(self, record: logging.LogRecord) -> str:
        parts = {
            "time": self._moment(record),
            "level": record.levelname,
            "logger": record.name,
            "company": slug_here(),
            "request": request_id.get(),
            "text": scrubbed(record.getMessage()),
        }
        if record.exc_info:
            parts["error"] = scrubbed(self.formatException(record.exc_info))
        if self.json:
            return json.dumps(parts, ensure_ascii=False)
        line = "{time} {level:<5} {logger} {company} {request} {text}".format(**parts)
        return f"{line}\n{parts['error']}" if "error" in parts else line

    def _moment(self, record: logging.LogRecord) -> str:
        """The clock of the wall for people, the whole instant for machines."""
        if not self.json:
            return self.formatTime(record, self.datefmt)
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
