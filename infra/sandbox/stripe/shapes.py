"""Every object is answered with all of its attributes: what nobody has said is null, as from the real one.

Which attributes may be null is taken from the types of the `stripe` package; that the rest is said by hand, and is of
the right type, is what tests/infra/sandbox/test_stripe_shapes.py looks at.
"""

from functools import cache
from inspect import get_annotations
from typing import Any, get_args

from stripe import StripeObject
from stripe._object_classes import get_object_class


def complete(obj: dict[str, Any]) -> dict[str, Any]:
    """An object with null for all that it may lack, and so for the objects within."""
    name = obj.get("object")
    return _filled(get_object_class("V1", name), obj) if isinstance(name, str) else obj


def _filled(kind: Any, obj: dict[str, Any]) -> dict[str, Any]:
    inner = getattr(kind, "_inner_class_types", {})
    told = {name: _inside(inner.get(name), value) for name, value in obj.items()}
    return {**dict.fromkeys(_nullable(kind)), **told}


def _inside(kind: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [_inside(kind, one) for one in value]
    if isinstance(value, dict):
        return _filled(kind, value) if kind is not None else complete(value)
    return value


@cache
def _nullable(kind: type[StripeObject]) -> tuple[str, ...]:
    """Attributes that are always there and may be null."""
    return tuple(
        name
        for name, told in get_annotations(kind).items()
        if not name.startswith("_") and name != "deleted" and type(None) in get_args(told)
    )
