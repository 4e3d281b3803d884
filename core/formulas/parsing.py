"""From words to a tree, by precedence (Pratt)."""

from .errors import FormulaError
from .functions import FUNCTIONS
from .lexing import Word, words_of
from .tree import Binary, Call, Constant, Name, Node, Unary
from .values import DEEPEST, MOST_PARTS, key_of

# How tightly a sign binds its right side; comparisons do not chain.
OR, AND, NOT, COMPARISON, SUM, PRODUCT, MINUS, PERCENT = range(1, 9)
BINDS = {
    "или": OR, "и": AND, "=": COMPARISON, "<>": COMPARISON, "<": COMPARISON, "<=": COMPARISON, ">": COMPARISON,
    ">=": COMPARISON, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT,
}  # fmt: skip
_UNARY = {"-": MINUS, "не": NOT}


def parse(text: str) -> Node:
    """The tree of a formula. FormulaError says what is wrong and where."""
    parser = _Parser(words_of(text))
    if parser.word.sort == "end":
        raise FormulaError("Напишите формулу, например: [Сумма] * 20%")
    tree = parser.expression(0)
    if parser.word.sort != "end":
        raise FormulaError(_left_over(parser.word), parser.word.at)
    return tree


class _Parser:
    def __init__(self, words: list[Word]) -> None:
        self._words = words
        self._next = 0
        self._parts = 0
        self._depth = 0

    @property
    def word(self) -> Word:
        return self._words[self._next]

    def expression(self, least: int) -> Node:
        """Everything that binds tighter than `least`."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(f"Скобки вложены глубже {DEEPEST} уровней. Разбейте формулу на несколько", self.word.at)
        left = self._operand()
        while (binds := self._binds()) > least:
            sign = self._take()
            if sign.text == "%":
                left = self._made(Unary("%", left, sign.at))
                continue
            left = self._made(Binary(sign.text, left, self.expression(binds), sign.at))
            if binds == COMPARISON and self._binds() == COMPARISON:
                raise FormulaError("Сравните два значения, а условия соедините словом «и»", self.word.at)
        self._depth -= 1
        return left

    def _binds(self) -> int:
        if self.word.sort != "sign":
            return 0
        return PERCENT if self.word.text == "%" else BINDS.get(self.word.text, 0)

    def _operand(self) -> Node:
        word = self._take()
        if word.sort == "constant" and word.value is not None:
            return self._made(Constant(word.value, word.at))
        if word.sort == "field":
            return self._made(Name(word.text, word.at))
        if word.sort == "word":
            is_call = self.word.sort == "sign" and self.word.text == "("
            return self._call(word) if is_call else self._made(Name(word.text, word.at))
        if word.text in _UNARY and word.sort == "sign":
            return self._made(Unary(word.text, self.expression(_UNARY[word.text] - 1), word.at))
        if word.text == "(" and word.sort == "sign":
            inner = self.expression(0)
            self._close(word)
            return inner
        if word.sort == "end":
            raise FormulaError("Формула обрывается: здесь нужно значение", word.at)
        raise FormulaError(f"Перед «{word.text}» не хватает значения", word.at)

    def _call(self, word: Word) -> Node:
        name = key_of(word.text).upper()
        if name not in FUNCTIONS:
            raise FormulaError(f"Функции «{word.text}» нет. Выберите её из списка", word.at)
        opening = self._take()
        args: list[Node] = []
        if not self._is(")"):
            args.append(self.expression(0))
            while self._is(";"):
                self._take()
                args.append(self.expression(0))
        self._close(opening)
        return self._made(Call(name, tuple(args), word.at))

    def _close(self, opening: Word) -> None:
        if not self._is(")"):
            raise FormulaError("Не закрыта скобка" if self.word.sort == "end" else _left_over(self.word), opening.at)
        self._take()

    def _is(self, sign: str) -> bool:
        return self.word.sort == "sign" and self.word.text == sign

    def _take(self) -> Word:
        word = self.word
        if word.sort != "end":
            self._next += 1
        return word

    def _made(self, node: Node) -> Node:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise FormulaError("Формула слишком длинная. Вынесите часть в отдельное поле", node.at)
        return node


def _left_over(word: Word) -> str:
    if word.sort == "sign" and word.text == ")":
        return "Лишняя закрывающая скобка"
    if word.sort == "sign" and word.text == ";":
        return "Точка с запятой разделяет аргументы только внутри скобок функции"
    return "Между значениями нужен знак: + − * / или сравнение"
