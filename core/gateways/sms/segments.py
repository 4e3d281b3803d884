"""How many parts a text takes: GSM-7 while its letters allow, UCS-2 otherwise (3GPP TS 23.038)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take two places each.
_ESCAPED = frozenset("^{}\\[~]|€\f")
_ONE_GSM, _MANY_GSM = 160, 153
_ONE_UCS, _MANY_UCS = 70, 67
MOST_SEGMENTS = 4


def segments(text: str) -> int:
    """Parts that the operator bills; 1 for an empty text."""
    if all(sign in _BASIC or sign in _ESCAPED for sign in text):
        size = sum(2 if sign in _ESCAPED else 1 for sign in text)
        return _parts(size, _ONE_GSM, _MANY_GSM)
    return _parts(len(text.encode("utf-16-be")) // 2, _ONE_UCS, _MANY_UCS)


def fitted(text: str, tail: str) -> str:
    """Text and tail (a link) in at most four parts; of a long text the end is cut, the tail stays whole."""
    whole = f"{text} {tail}".strip()
    if segments(whole) <= MOST_SEGMENTS:
        return whole
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if segments(f"{text[:middle]}… {tail}") <= MOST_SEGMENTS:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}… {tail}"


def _parts(size: int, one: int, many: int) -> int:
    return 1 if size <= one else -(-size // many)
