"""The wrong keyboard layout: what the same keys write in the other one."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^&"
_RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?'
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def other_layout(text: str) -> str:
    """The text as the same keys write it in the other layout; empty when it has letters of both or of neither."""
    latin = any("a" <= sign <= "z" for sign in text.lower())
    russian = any("а" <= sign <= "я" or sign == "ё" for sign in text.lower())
    if latin == russian:
        return ""
    return text.translate(_TO_RUSSIAN if latin else _TO_LATIN)
