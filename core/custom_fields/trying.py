"""A formula tried before it is kept."""

from typing import Any

from core.access.actor import Actor
from core.entities.models import Entity
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.parsing import parse

from .models import Field
from .queries import held_by_card, layout_of, today
from .rules.contents import computed, of_formulas
from .rules.formulas import kept_formula, values_with_formulas
from .rules.shapes import FORMULA_KINDS

_UNSEEN = "В формуле есть поле, которого вы не видите, поэтому значение не показано"


def tried(text: str, field: Field, card: Entity | None, actor: Actor) -> dict[str, Any]:
    """{error, at, result, value} of a formula among the living fields of the field's kind, on a card if one is given.

    Whoever does not see a field does not learn it through a formula.
    """
    layout = layout_of(actor, field.kind)
    answer: dict[str, Any] = {"error": None, "at": None, "result": None, "value": None}
    try:
        kept, checked = kept_formula(text, field, layout.fields)
        answer["result"] = checked.kind.value
        if card is None:
            return answer
        if checked.names - set(layout.seen):
            raise FormulaError(_UNSEEN)
        held = held_by_card(card)
        others = [one for one in layout.fields if one.pk != field.pk and one.is_of(held.type_code)]
        values, _ = values_with_formulas(others, held.values, today=today())
        known = {one.code: _as_read(one, values.get(one.pk)) for one in others}
        shown = Field(settings={"precision": 2} | field.settings)
        return answer | {"value": computed(shown, evaluate(parse(kept), known, today=today()))}
    except FormulaError as wrong:
        return answer | {"error": wrong.sentence, "at": wrong.at}


def _as_read(field: Field, kept: Any) -> Any:
    """A value, computed or kept, as a formula reads it."""
    if field.type in FORMULA_KINDS or kept is None:
        return of_formulas(field, kept)
    like = {"number": Field.Type.NUMBER, "day": Field.Type.DATE, "text": Field.Type.TEXT, "flag": Field.Type.FLAG}
    if field.type != Field.Type.FORMULA:
        return None
    return of_formulas(Field(type=like[field.settings["result"]]), kept)
