"""What formulas mean, and what is said of wrong ones."""

from datetime import date
from decimal import Decimal

import pytest

from core.formulas.checking import check, in_order
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.parsing import parse
from core.formulas.printing import printed
from core.formulas.values import DEEPEST, LONGEST, Kind
from core.rounding import half_up

TODAY = date(2026, 11, 22)
TYPES = {
    "Сумма": Kind.NUMBER, "Ставка": Kind.NUMBER, "Скидка": Kind.NUMBER, "Срок": Kind.DAY, "Имя": Kind.TEXT,
    "Срочно": Kind.FLAG,
}  # fmt: skip
VALUES = {
    "Сумма": Decimal("1500"), "Ставка": Decimal("20"), "Скидка": None, "Срок": date(2026, 11, 30), "Имя": "Ёлка",
    "Срочно": True,
}  # fmt: skip


def value(text):
    tree = parse(text)
    check(tree, TYPES)
    return evaluate(tree, VALUES, today=TODAY)


def wrong(text):
    with pytest.raises(FormulaError) as refused:
        value(text)
    return refused.value.at, refused.value.sentence


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[Сумма] * [Ставка]%", "300"),
        ("Сумма + 20%", "1500.2"),
        ("2 + 2 * 2", "6"),
        ("(2 + 2) * 2", "8"),
        ("10 - 4 - 3", "3"),
        ("-2 * 3", "-6"),
        ("1 / 3 * 3", "1"),
        ("1,5 + 1.5", "3"),
        ("ОКРУГЛ(2,345; 2)", "2.35"),
        ("ОКРУГЛ(-2,345; 2)", "-2.35"),
        ("ОКРУГЛ(1250; -2)", "1300"),
        ("СУММ(1; [Скидка]; 2)", "3"),
        ("СРЗНАЧ(1; [Скидка]; 2)", "1.5"),
        ("МИН(3; [Скидка]; 2)", "2"),
        ("МАКС(3; 2)", "3"),
        ("ОСТАТ(-7; 3)", "2"),
        ("МОДУЛЬ(-7)", "7"),
        ("[Срок] - СЕГОДНЯ()", "8"),
        ("ДНЕЙ([Срок]; 21.11.2026)", "9"),
        ("ГОД([Срок]) + МЕСЯЦ([Срок]) + ДЕНЬ([Срок])", "2067"),
        ("ДЕНЬНЕД(22.11.2026)", "7"),
        ("ДЛСТР([Имя])", "4"),
        ("ЕСЛИ([Сумма] > 1000; 5; 10)", "5"),
        ("ЕСЛИПУСТО([Скидка]; 7)", "7"),
        ("сумма − 500 ÷ 5", "1400"),
    ],
)
def test_numbers(text, meant):
    assert value(text) == Decimal(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("не [Срочно] и да", False),
        ("[Срочно] или 1 / 0 > 1", True),
        ("не [Сумма] = 1 и да", True),
        ('[Имя] = "елка"', False),
        ('[Имя] = "ёЛКА"', True),
        ("[Скидка] > 0 или [Скидка] <= 0", False),
        ("ПУСТО([Скидка])", True),
        ('СОДЕРЖИТ([Имя]; "ЛК")', True),
        ("[Срок] ≥ 30.11.2026", True),
        ("[Скидка] + 1", None),
        ("[Скидка]%", None),
        ("ЕСЛИ(нет; 1)", None),
        ("[Срок] + 14", date(2026, 12, 14)),
        ("14 + [Срок]", date(2026, 12, 14)),
        ("ДАТА(2026; 2; 28)", date(2026, 2, 28)),
        ('СЦЕПИТЬ([Имя]; " "; «дом»)', "Ёлка дом"),
        ("ЛЕВСИМВ([Имя]; 2)", "Ёл"),
        ("ПРОПИСН([Имя])", "ЁЛКА"),
        ('"он сказал ""да"""', 'он сказал "да"'),
        ("ЕСЛИ(нет; 1 / 0; 5) = 5", True),
    ],
)
def test_everything_else(text, meant):
    assert value(text) == meant


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("", 0, "Напишите формулу"),
        ("1 +", 3, "обрывается"),
        ("[Сума] + 1", 0, "Поля «Сума» нет"),
        ("[Сумма] + [Имя]", 8, "СЦЕПИТЬ"),
        ("СУМ(1)", 0, "Функции «СУМ» нет"),
        ("ОКРУГЛ([Имя])", 7, "нужно «число»"),
        ("МИН(1; да)", 7, "нужно «число»"),
        ("(1 + 2", 0, "Не закрыта скобка"),
        ("1 + 2)", 5, "Лишняя закрывающая скобка"),
        ("МИН(1, 2; 3)", 5, "точкой с запятой"),
        ("1; 2", 1, "только внутри скобок"),
        ("1 2", 2, "нужен знак"),
        ("1 < 2 < 3", 6, "соедините словом «и»"),
        ("[Сумма] / 0", 8, "На ноль делить нельзя"),
        ("31.02.2026", 0, "Такой даты нет"),
        ("ДАТА(2026; 2; 30)", 0, "Такой даты нет"),
        ("[Срок] + 0,5", 7, "целое число дней"),
        ("[Срок] + 999999999", 7, "за пределами календаря"),
        ("999999999999999999 * 9", 19, "слишком большое число"),
        ("9999999999999999999", 0, "Слишком большое число"),
        ('"не закрыт', 0, "не закрыт кавычкой"),
        ("[Сумма", 0, "с двух сторон"),
        ("[ ]", 0, "название поля"),
        ("a ** 2", 3, "не хватает значения"),
        ("__import__", 0, "нет"),
        ("Сумма.real", 5, "не используется"),
        ("да > нет", 3, "не бывают больше"),
        ("1 = да", 2, "Нельзя сравнить"),
        ("1 и 2", 2, "соединяет условия"),
        ("ЕСЛИ(1; 2; 3)", 5, "нужно «да/нет»"),
        ("СЕГОДНЯ(1)", 0, "СЕГОДНЯ()"),
        ("ОКРУГЛ(2; 1,5)", 0, "целого числа знаков"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_at_its_place(text, at, said):
    where, sentence = wrong(text)
    assert (where, said in sentence) == (at, True), (where, sentence)


def test_nothing_grows_without_end():
    assert "длиннее" in wrong("1" * (LONGEST + 1))[1]
    assert "вложены глубже" in wrong("(" * (DEEPEST + 1) + "1")[1]
    assert "вложены глубже" in wrong("-" * (DEEPEST + 1) + "1")[1]
    assert "слишком длинная" in wrong("+".join(["1"] * 300))[1]


def test_a_text_stops_growing():
    tree = parse("СЦЕПИТЬ([А]; [А]; [А])")
    with pytest.raises(FormulaError, match="Получается текст длиннее"):
        evaluate(tree, {"А": "ж" * 1000}, today=TODAY)


def test_a_formula_says_what_it_reads():
    checked = check(parse("ЕСЛИ([сумма] > 0; [Срок] + 1; СЕГОДНЯ())"), TYPES)
    assert (checked.kind, checked.names, checked.changes_daily) == (Kind.DAY, {"Сумма", "Срок"}, True)


def test_formulas_come_after_those_they_read():
    trees = {"Итого": parse("[НДС] + [Сумма]"), "НДС": parse("[Сумма] * 20%"), "Сам": parse("1")}
    assert in_order(trees) == ["НДС", "Итого", "Сам"]
    with pytest.raises(FormulaError, match="А → Б → В → А"):
        in_order({"А": parse("[Б]"), "Б": parse("[В] + 1"), "В": parse("[а]")})


def test_one_form_whoever_typed_it():
    assert printed(parse("если( сумма>1000 ; сумма*(1-10%); (сумма) )")) == (
        "ЕСЛИ([сумма] > 1000; [сумма] * (1 - 10%); [сумма])"
    )


@pytest.mark.parametrize(
    ("number", "places", "meant"),
    [("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.675", 2, "2.68"), ("1249.99", -2, "1200"), ("1e17", 2, "1e17")],
)  # fmt: skip
def test_halves_go_away_from_zero(number, places, meant):
    assert half_up(Decimal(number), places) == Decimal(meant)
