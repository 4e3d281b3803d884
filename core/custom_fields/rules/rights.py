"""What somebody may do with a field, by the roles he has. No database."""

from collections.abc import Collection, Iterable, Mapping

from core.formulas.checking import in_order

from ..models import Field, FieldRight
from .formulas import read_by, tree_of

Level = FieldRight.Level
_WIDTH = {Level.HIDDEN: 0, Level.READ: 1, Level.WRITE: 2}


def levels(
    fields: Iterable[Field], roles: Collection[int], narrowed: Mapping[tuple[int, int], str]
) -> dict[int, FieldRight.Level]:
    """Field id → what whoever has these roles may do with it; without roles nothing.

    `narrowed` is (field, role) → level where a role has less than everything. A formula is only read, and seen by
    those alone who see all that it is computed of.
    """
    known = {field.code: field for field in fields}
    own = {
        field.pk: max((Level(narrowed.get((field.pk, role), Level.WRITE)) for role in roles), key=_WIDTH.__getitem__)
        if roles
        else Level.HIDDEN
        for field in known.values()
    }
    for code in in_order({code: tree_of(field) for code, field in known.items() if field.type == Field.Type.FORMULA}):
        formula = known[code]
        inputs = [own[known[name].pk] for name in read_by(formula) if name in known]
        own[formula.pk] = min([own[formula.pk], Level.READ, *inputs], key=_WIDTH.__getitem__)
    return own


def everything(fields: Iterable[Field]) -> dict[int, FieldRight.Level]:
    """The same for owners, administrators and the product itself."""
    return {field.pk: Level.READ if field.type == Field.Type.FORMULA else Level.WRITE for field in fields}


def is_wider(theirs: Mapping[int, FieldRight.Level], own: Mapping[int, FieldRight.Level]) -> bool:
    """Whether the first may do more than the second with any field."""
    return any(_WIDTH[level] > _WIDTH[own[pk]] for pk, level in theirs.items())
