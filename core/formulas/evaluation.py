"""Computing a checked tree: the same inputs give the same value, and it always ends."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from core.rounding import half_up

from .errors import FormulaError
from .functions import FUNCTIONS
from .tree import Binary, Call, Constant, Name, Node, Unary
from .values import CONTEXT, LARGEST, LONGEST_TEXT, PLACES, Value, Values, key_of

_COMPARED = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_COMPUTED = {"+": CONTEXT.add, "-": CONTEXT.subtract, "*": CONTEXT.multiply}
_HUNDRED = Decimal(100)


def evaluate(tree: Node, values: Values, *, today: date) -> Value:
    """The value of a tree that `check` has passed; None is empty. FormulaError: division by zero, too large.

    A computation with an empty value is empty, a comparison with one is «нет»; СУММ, МИН, МАКС pass over empty ones.
    """
    return _Evaluation({key_of(name): value for name, value in values.items()}, today).value(tree)


class _Evaluation:
    def __init__(self, values: Mapping[str, Value], today: date) -> None:
        self._values = values
        self._today = today

    def value(self, node: Node) -> Any:
        match node:
            case Constant():
                return node.value
            case Name():
                return self._values.get(key_of(node.name))
            case Unary():
                return self._unary(node)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)

    def _unary(self, node: Unary) -> Value:
        inner = self.value(node.of)
        if node.sign == "не":
            return not inner
        if inner is None:
            return None
        return CONTEXT.minus(inner) if node.sign == "-" else settled(CONTEXT.divide(inner, _HUNDRED), node.at)

    def _binary(self, node: Binary) -> Value:
        left = self.value(node.left)
        if node.sign == "и":
            return bool(left) and bool(self.value(node.right))
        if node.sign == "или":
            return bool(left) or bool(self.value(node.right))
        right = self.value(node.right)
        if node.sign in _COMPARED:
            return left is not None and right is not None and _COMPARED[node.sign](_plain(left), _plain(right))
        if left is None or right is None:
            return None
        if isinstance(left, date) or isinstance(right, date):
            return _shifted(node, left, right)
        if node.sign == "/":
            return _divided(left, right, node.at)
        return settled(_COMPUTED[node.sign](left, right), node.at)

    def _call(self, node: Call) -> Value:
        function = FUNCTIONS[node.function]
        if node.function == "ЕСЛИ":
            taken = node.args[1:2] if self.value(node.args[0]) else node.args[2:3]
            return self.value(taken[0]) if taken else None
        if function.run is None:
            return self._today
        args = [self.value(arg) for arg in node.args]
        if not function.bears_empty and None in args:
            return None
        try:
            return bounded(function.run(*args), node.at)
        except FormulaError as wrong:
            raise FormulaError(wrong.sentence, node.at) from wrong
        except (InvalidOperation, DivisionByZero, Overflow) as wrong:
            raise FormulaError("Слишком большое число", node.at) from wrong


def settled(number: Decimal, at: int) -> Decimal:
    """A computed number without digits that only division has brought: a third taken three times is one again."""
    return half_up(bounded(number, at), PLACES)


def bounded(value: Any, at: int) -> Any:
    """The same value, unless it has grown too large."""
    if isinstance(value, Decimal) and abs(value) >= LARGEST:
        raise FormulaError("Получается слишком большое число", at)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise FormulaError(f"Получается текст длиннее {LONGEST_TEXT} знаков", at)
    return value


def _divided(left: Decimal, right: Decimal, at: int) -> Decimal:
    if right == 0:
        raise FormulaError("На ноль делить нельзя. Проверьте делитель: ЕСЛИ([Б] = 0; 0; [А] / [Б])", at)
    return bounded(CONTEXT.divide(left, right), at)


def _shifted(node: Binary, left: Any, right: Any) -> Value:
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days)
    day, count = (left, right) if isinstance(left, date) else (right, left)
    if count != count.to_integral_value():
        raise FormulaError("К дате прибавляют целое число дней", node.at)
    try:
        days = timedelta(days=int(count))
        return day + days if node.sign == "+" else day - days
    except OverflowError as wrong:
        raise FormulaError("Получается дата за пределами календаря", node.at) from wrong


def _plain(value: Any) -> Any:
    """As people compare: texts whatever their case."""
    return value.casefold() if isinstance(value, str) else value
