"""Subdomains: proposed by transliteration, refused when reserved or resting."""

import re

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,30}[a-z0-9])")
RESERVED = frozenset(
    "www api app console admin root mail smtp imap pop mx ns ns1 ns2 dns ftp ssh vpn cdn static assets media files img"
    " storage s3 auth login signin signup account accounts billing pay payment payments support help docs status blog"
    " news shop demo-api test dev stage staging beta prod internal system public private localhost local host server"
    " pult official security abuse postmaster webmaster hostmaster noreply no-reply info sales team staff operator"
    " sandbox ws wss socket live healthz readyz autoconfig autodiscover wpad isatap t company companies tenant".split()
)
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya".split(),
        strict=True,
    )
)
_FORMS = re.compile(r"\b(ооо|ао|пао|зао|ип|нко|ано|гбу|мбу|фгуп|гуп|муп)\b", re.IGNORECASE)


def propose(company: str) -> str:
    """«ООО "Северный контур"» → `severnyy-kontur`; an empty string when nothing remains."""
    text = _FORMS.sub(" ", company.lower())
    latin = "".join(_LETTERS.get(letter, letter).replace("_", "") for letter in text)
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:32].strip("-")


def wrong_shape(slug: str) -> str | None:
    """Why a subdomain cannot be used at all, None when it can."""
    if not 3 <= len(slug) <= 32:
        return "От 3 до 32 знаков"
    if not SHAPE.fullmatch(slug) or "--" in slug:
        return "Латинские буквы, цифры и дефис внутри"
    return "Это имя занято самим сервисом" if slug in RESERVED else None
