"""How a letter of a company looks: its name above, its host in the links. No database."""

from django.conf import settings

from core.context import Company
from core.mail import Letter
from core.texts import clean_line

# A silent service is asked so often by the outbox, within a quarter of an hour.
ATTEMPTS = 8
# And then of letters and chats after so many seconds each time, a day in all: servers of mail are away for a night.
LATER = (1800, 3600, 7200, 14_400, 28_800, 28_800)
LAST = ATTEMPTS + len(LATER)
_SUBJECT_LENGTH = 300


def clean_subject(text: str) -> str:
    """One line, because a line break in a header would begin another header."""
    return clean_line(text)[:_SUBJECT_LENGTH]


def clean_paragraph(text: str) -> str:
    """PostgreSQL's JSON holds everything but NUL."""
    return text.replace("\x00", "")


def address_of(company: Company, path: str) -> str:
    """Where a path of the company's application opens; whole addresses stay as they are."""
    if not path.startswith("/"):
        return path
    own = f"{company.slug}.{settings.BASE_DOMAIN}"
    host = settings.COMPANY_HOST or (own if own in company.hosts or not company.hosts else company.hosts[0])
    return f"{settings.PUBLIC_SCHEME}://{host}{settings.ORIGIN_PORT}{path}"


def on_paper(address: str) -> str:
    """The same address in the code on a print: whoever holds the paper is offered to file a picture of it."""
    return f"{address}?paper=1" if address else ""


def compose(
    company: Company, *, to: str, subject: str, paragraphs: list[str], links: list[list[str]], key: str
) -> Letter:
    """The letter as the person reads it."""
    return Letter(
        to=to,
        subject=subject,
        paragraphs=tuple(paragraphs),
        key=key,
        links=tuple((label, address_of(company, address)) for label, address in links),
        brand=company.name,
        footer=f"{company.name} · Письмо отправлено автоматически из Пульта, отвечать на него не нужно.",
    )


def is_mobile(number: str) -> bool:
    """Whether a message can go to a number as people's cards keep it: not to an inner one."""
    return number.startswith("+") and number[1:].isdigit() and 10 <= len(number) <= 16


def span(minutes: int) -> str:
    """«4 ч», «3 дн.»"""
    return f"{minutes // 1440} дн." if minutes >= 1440 else f"{minutes // 60} ч"
