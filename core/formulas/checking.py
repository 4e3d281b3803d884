"""Whether a tree makes sense before it is ever computed: names, kinds, circles."""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import FormulaError
from .functions import FUNCTIONS
from .tree import Binary, Call, Constant, Name, Node, Unary, calls_in, names_in
from .values import Kind, Types, key_of

N, T, F, D = Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.DAY
# What days bear besides being compared.
_WITH_DAYS = {("+", D, N): D, ("+", N, D): D, ("-", D, N): D, ("-", D, D): N}


@dataclass(frozen=True)
class Checked:
    """What a formula gives, which names it reads, and whether its value changes by itself from day to day."""

    kind: Kind
    names: frozenset[str]
    changes_daily: bool


def check(tree: Node, types: Types) -> Checked:
    """Find the kind of a formula among names of these kinds. FormulaError."""
    keys = {key_of(name): (name, kind) for name, kind in types.items()}
    kind = _kind(tree, keys)
    names = frozenset(keys[key_of(found.name)][0] for found in names_in(tree))
    return Checked(kind, names, any(call.function == "СЕГОДНЯ" for call in calls_in(tree)))


def in_order(trees: Mapping[str, Node]) -> list[str]:
    """Names of formulas so that each comes after those it reads. FormulaError for a circle."""
    keys = {key_of(name): name for name in trees}
    done: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " → ".join([*path[path.index(name) :], name])
            raise FormulaError(f"Формулы ссылаются друг на друга по кругу: {circle}")
        if name in done:
            return
        for found in names_in(trees[name]):
            if (inner := keys.get(key_of(found.name))) is not None:
                visit(inner, (*path, name))
        done.append(name)

    for name in trees:
        visit(name, ())
    return done


def _kind(node: Node, types: Mapping[str, tuple[str, Kind]]) -> Kind:
    match node:
        case Constant():
            return kind_of(node.value)
        case Name():
            if key_of(node.name) not in types:
                raise FormulaError(f"Поля «{node.name}» нет. Выберите его из списка", node.at)
            return types[key_of(node.name)][1]
        case Unary():
            return _wanted(node.of, F if node.sign == "не" else N, types, f"Для «{node.sign}»")
        case Binary():
            return _of_pair(node, _kind(node.left, types), _kind(node.right, types))
        case Call():
            return _of_call(node, types)


def kind_of(value: object) -> Kind:
    """The kind of a value that is not empty."""
    if isinstance(value, bool):
        return F
    return T if isinstance(value, str) else D if hasattr(value, "isoformat") else N


def _wanted(node: Node, kind: Kind, types: Mapping[str, tuple[str, Kind]], where: str) -> Kind:
    found = _kind(node, types)
    if found != kind:
        raise FormulaError(f"{where} нужно значение «{kind.label}», а здесь «{found.label}»", node.at)
    return kind


def _of_pair(node: Binary, left: Kind, right: Kind) -> Kind:
    if node.sign in ("и", "или"):
        if (left, right) != (F, F):
            raise FormulaError(f"«{node.sign}» соединяет условия, каждое из них — да или нет", node.at)
        return F
    if node.sign in ("=", "<>", "<", "<=", ">", ">="):
        if left != right:
            raise FormulaError(f"Нельзя сравнить «{left.label}» и «{right.label}»", node.at)
        if left == F and node.sign not in ("=", "<>"):
            raise FormulaError("Да и нет не бывают больше или меньше", node.at)
        return F
    if (left, right) == (N, N):
        return N
    if (given := _WITH_DAYS.get((node.sign, left, right))) is not None:
        return given
    if node.sign == "+" and T in (left, right):
        raise FormulaError("Тексты соединяет функция СЦЕПИТЬ(…; …)", node.at)
    raise FormulaError(f"«{node.sign}» не применяют к «{left.label}» и «{right.label}»", node.at)


def _of_call(node: Call, types: Mapping[str, tuple[str, Kind]]) -> Kind:
    function = FUNCTIONS[node.function]
    if not function.least <= len(node.args) <= function.most:
        raise FormulaError(f"Запись функции: {function.hint}", node.at)
    common: Kind | None = None
    for place, arg in enumerate(node.args):
        wanted = function.taken(place) or common
        found = _kind(arg, types)
        if wanted is not None and found != wanted:
            raise FormulaError(f"В {function.hint} нужно «{wanted.label}», а здесь «{found.label}»", arg.at)
        if function.taken(place) is None:
            common = found
    if function.gives is None and common is None:
        raise FormulaError(f"Запись функции: {function.hint}", node.at)
    return function.gives or common or T
