"""Formulas among the fields of a card: kept with codes, shown with titles, computed in order. No database."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.errors import Invalid
from core.formulas.checking import Checked, check, in_order
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.parsing import parse
from core.formulas.printing import printed
from core.formulas.tree import Name, Node, names_in, renamed
from core.formulas.values import Kind, Value, key_of

from ..models import Field
from .contents import computed, of_formulas
from .shapes import FORMULA_KINDS

Type = Field.Type


def kept_formula(text: str, field: Field, others: Iterable[Field]) -> tuple[str, Checked]:
    """A formula as it is kept, its fields named by codes, and what it gives. FormulaError.

    `others` are the other fields of the kind; a formula of theirs that reads this field in a circle is refused, too.
    """
    neighbours = [other for other in others if other.pk != field.pk]
    tree = _with_codes(parse(text), neighbours, field)
    titles = {one.code: one.title for one in (*neighbours, field)}
    trees = {field.title: tree} | {other.title: tree_of(other) for other in neighbours if _is_formula(other)}
    in_order({title: _with_titles(one, titles) for title, one in trees.items()})
    checked = check(tree, {other.code: kind for other in neighbours if (kind := kind_of(other)) is not None})
    return printed(tree), checked


def shown_formula(field: Field, others: Iterable[Field]) -> str:
    """The text of a formula as people read it, with titles of fields."""
    return printed(_with_titles(tree_of(field), {other.code: other.title for other in others}))


def kind_of(field: Field) -> Kind | None:
    """What formulas take a field for; None when they cannot read it."""
    if field.type == Type.FORMULA:
        return Kind(field.settings["result"])
    return FORMULA_KINDS.get(Type(field.type))


def tree_of(field: Field) -> Node:
    return parse(field.settings["formula"])


def read_by(field: Field) -> frozenset[str]:
    """Codes of the fields that a formula reads."""
    return frozenset(found.name for found in names_in(tree_of(field)))


def readers_of(code: str, fields: Iterable[Field]) -> list[Field]:
    """Formulas that read a field, directly or through other formulas."""
    formulas = [field for field in fields if _is_formula(field)]
    found: list[Field] = []
    asked = [code]
    while asked:
        wanted = asked.pop()
        fresh = [field for field in formulas if wanted in read_by(field) and field not in found]
        found += fresh
        asked += [field.code for field in fresh]
    return found


def recheck(fields: Iterable[Field]) -> None:
    """Refuse when a change of fields has broken a formula among them. Invalid on `type`."""
    known = list(fields)
    for field in known:
        if not _is_formula(field):
            continue
        types = {other.code: kind for other in known if other.pk != field.pk and (kind := kind_of(other)) is not None}
        try:
            gives = check(tree_of(field), types).kind
        except FormulaError as wrong:
            raise Invalid({"type": f"Формула «{field.title}» перестала бы считаться: {wrong.sentence}"}) from wrong
        if gives != field.settings["result"]:
            raise Invalid({"type": f"Формула «{field.title}» стала бы считать другое. Сначала измените её"})


def values_with_formulas(
    fields: Iterable[Field], kept: Mapping[int, Any], *, today: date
) -> tuple[dict[int, Any], dict[int, str]]:
    """Values of all fields by id, those of formulas among them, and the sentences of formulas that cannot be computed.

    A formula that reads one of the latter is empty and says nothing of its own.
    """
    known = list(fields)
    values, errors = dict(kept), {}
    by_code: dict[str, Value] = {
        field.code: of_formulas(field, kept.get(field.pk)) for field in known if field.type in FORMULA_KINDS
    }
    formulas = {field.code: field for field in known if _is_formula(field)}
    trees = {code: tree_of(field) for code, field in formulas.items()}
    for code in in_order(trees):
        field = formulas[code]
        try:
            by_code[code] = evaluate(trees[code], by_code, today=today)
            values[field.pk] = computed(field, by_code[code])
        except FormulaError as wrong:
            errors[field.pk] = wrong.sentence
    return values, errors


def _is_formula(field: Field) -> bool:
    return field.type == Type.FORMULA


def _with_titles(tree: Node, titles: Mapping[str, str]) -> Node:
    return renamed(tree, lambda found: titles.get(found.name, found.name))


def _with_codes(tree: Node, fields: list[Field], itself: Field) -> Node:
    # A title is what people mean; a code finds a field whose title another one has taken.
    codes = {key_of(field.code): field.code for field in fields} | {key_of(field.title): field.code for field in fields}
    unreadable = {field.code for field in fields if kind_of(field) is None}

    def rename(found: Name) -> str:
        is_itself = key_of(found.name) in (key_of(itself.title), key_of(itself.code))
        if is_itself and key_of(found.name) not in codes:
            raise FormulaError("Формула не может ссылаться на саму себя", found.at)
        code = codes.get(key_of(found.name))
        if code is None:
            raise FormulaError(f"Поля «{found.name}» нет. Выберите его из списка", found.at)
        if code in unreadable:
            raise FormulaError(f"Поле «{found.name}» в формулах не участвует: в нём ссылка", found.at)
        return code

    return renamed(tree, rename)
