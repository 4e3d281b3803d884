"""Log lines that name company and request, readable on a terminal and as JSON in production."""

import json
import logging
from contextvars import ContextVar

from core.context import company_or_none

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class LineFormatter(logging.Formatter):
    """`12:00:01 INFO  core.outbox acme 5f2c… text`; no personal data is added."""

    def __init__(self, json: bool = False) -> None:
        super().__init__(datefmt="%H:%M:%S")
        self.json = json

    def format(self, record: logging.LogRecord) -> str:
        company = company_or_none()
        parts = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "logger": record.name,
            "company": company.slug if company else "-",
            "request": request_id.get(),
            "text": record.getMessage(),
        }
        if record.exc_info:
            parts["error"] = self.formatException(record.exc_info)
        if self.json:
            return json.dumps(parts, ensure_ascii=False)
        line = "{time} {level:<5} {logger} {company} {request} {text}".format(**parts)
        return f"{line}\n{parts['error']}" if "error" in parts else line
