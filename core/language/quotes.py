"""Quotation marks: «outer» and „inner“, as Russian typography has them."""

_CLOSING = "»“”"


def quoted(text: str) -> str:
    """A name in quotation marks, its own turned into inner ones: ООО «Ромашка» → «ООО „Ромашка“»."""
    return f"«{_with_inner_marks(text)}»"


def _with_inner_marks(text: str) -> str:
    """Marks that both open and close are told apart by what stands before them."""
    written: list[str] = []
    depth = 0
    for place, sign in enumerate(text):
        if sign in '"“”':
            begins = place == 0 or not (text[place - 1].isalnum() or text[place - 1] in _CLOSING + '".,!?')
            sign = "«" if begins else "»"
        if sign in "«„":
            written.append("„")
            depth += 1
        elif sign == "»":
            written.append("“")
            depth -= 1
        else:
            written.append(sign)
    # A mark that was never closed is not closed by the outer one.
    return "".join(written) + "“" * max(depth, 0)
