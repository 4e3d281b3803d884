"""Names of people as they stand in «поручить Иванову», «позвать Анну Крылову»: dative and accusative."""

from collections.abc import Iterator

_VOWELS = "аеиоуыэюя"
_ADJECTIVES = {"ий": ("ому", "ого", "ему", "его"), "ый": ("ому", "ого"), "ой": ("ому", "ого")}
_HER_ADJECTIVES = {"ая": ("ой", "ую"), "яя": ("ей", "юю")}
_HERS = ("ова", "ева", "ина", "ына")


def folded(word: str) -> str:
    """As names are compared: lower case, without ё."""
    return word.lower().replace("ё", "е")


def is_form_of(word: str, name: str) -> bool:
    """Whether a word is a last or first name in the nominative, dative or accusative."""
    return bool(name) and folded(word) in set(forms(name))


def forms(name: str) -> Iterator[str]:
    """«Крылова» → крылова, крыловой, крылову. Of a double name each part is declined or left as it stands."""
    whole = folded(name)
    yield whole
    first, dash, second = whole.partition("-")
    if dash and second:
        for one in {first, *_declined(first)}:
            yield from (f"{one}-{two}" for two in {second, *_declined(second)})
        return
    yield from _declined(whole)


def _declined(name: str) -> Iterator[str]:
    stem, end = name[:-2], name[-2:]
    if len(name) > 3 and end in _ADJECTIVES:
        yield from (stem + ending for ending in _ADJECTIVES[end])
    if len(name) > 3 and end in _HER_ADJECTIVES:
        yield from (stem + ending for ending in _HER_ADJECTIVES[end])
    elif name.endswith(_HERS):
        yield from (name[:-1] + ending for ending in ("ой", "у", "е"))
    elif end == "ия":
        yield from (stem + "ии", stem + "ию")
    elif name.endswith(("а", "я")):
        yield from (name[:-1] + "е", name[:-1] + ("у" if name.endswith("а") else "ю"))
    elif name.endswith(("ь", "й")):
        yield from (name[:-1] + "ю", name[:-1] + "я")
    elif name and name[-1].isalpha() and name[-1] not in _VOWELS:
        yield from (name + "у", name + "а")
        # «Павлу», «Кравцу»: the vowel before the last letter may fall out.
        if len(name) > 3 and name[-2] in "ео" and name[-3] not in _VOWELS:
            yield from (name[:-2] + name[-1] + ending for ending in "уа")


def is_dative_of(word: str, name: str) -> bool:
    """Whether a word is a last name in the dative; a name that is not declined has none."""
    return bool(name) and folded(word) in set(_datives(folded(name)))


def may_be_genitive(word: str) -> bool:
    """«Крыловой» says both «to her» and «of her»; «Иванову» says one thing."""
    return folded(word).endswith(("ой", "ей", "ии"))


def _datives(name: str) -> Iterator[str]:
    first, dash, second = name.partition("-")
    if dash and second:
        yield from (f"{one}-{two}" for one in {first, *_datives(first)} for two in _datives(second))
        return
    stem, end = name[:-2], name[-2:]
    if len(name) > 3 and end in _ADJECTIVES:
        yield from (stem + ending for ending in _ADJECTIVES[end] if ending.endswith("му"))
    if len(name) > 3 and end in _HER_ADJECTIVES:
        yield stem + _HER_ADJECTIVES[end][0]
    elif name.endswith(_HERS):
        yield name[:-1] + "ой"
    elif end == "ия":
        yield stem + "ии"
    elif name.endswith(("а", "я")):
        yield name[:-1] + "е"
    else:
        yield from (form for form in _declined(name) if form.endswith(("у", "ю")))
