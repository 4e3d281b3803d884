"""The language of templates: what is printed, what is refused and where; nothing is ever run."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.templates.rules.filters import FILTERS
from core.templates.rules.text import Printer, fill_leniently, fill_markup, fill_text
from core.templates.rules.values import NOTHING, Scope, Sort, TemplateError, Told, scope_of

from .samples import scope

pytestmark = pytest.mark.row("D-07")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Договор с {{ контрагент }}", "Договор с ООО «Ромашка»"),
        ("{{КОНТРАГЕНТ}}", "ООО «Ромашка»"),
        ("в лице {{ должность | родительный }} {{ директор | родительный }}",
         "в лице генерального директора Соколовой Марии Павловны"),
        ("{{ директор | дательный | инициалы }}", "Соколовой М. П."),
        ("{{ директор | инициалы впереди }}", "М. П. Соколова"),
        ("{{ сумма }} ({{ сумма | прописью }})", "123\u00a0000,00 (Сто двадцать три тысячи рублей 00 копеек)"),
        ("{{ день }}, {{ день | дата словами }}", "23.11.2026, 23 ноября 2026 г."),
        ("{{ = [сумма] * 20% | прописью }}", "Двадцать четыре тысячи шестьсот рублей 00 копеек"),
        ("{{ = [сумма] / 7 | округлить(2) }}", "17\u00a0571,43"),
        ("{{ должность | с заглавной }}", "Генеральный директор"),
        ("{{ контрагент | в кавычках }}", "«ООО „Ромашка“»"),
        ("{{ пусто }}|{{ пусто | или(\"нет\") }}|{{ пусто | родительный }}", f"{NOTHING}|нет|{NOTHING}"),
        ("{{ если [сумма] > 100000 }}дорого{{ иначе }}дёшево{{ конец }}", "дорого"),
        ("{{ если не срочно }}медленно{{ иначе }}быстро{{ конец }}!", "быстро!"),
        ("{{ если ПУСТО([пусто]) }}а{{ если срочно }}б{{ конец }}в{{ конец }}", "абв"),
        ("{{ для строки }}{{ строки.№ }}) {{ строки.товар }}; {{ конец }}", "1) Насос К-80; 2) Клапан; "),
        ("{{ для каждой строки }}{{ если [строки.кол] > 5 }}{{ строки.товар }}{{ конец }}{{ конец }}", "Клапан"),
        ("Скобки { и }} без поля", "Скобки { и }} без поля"),
    ],
)  # fmt: skip
def test_a_text_is_filled_in(text, told):
    assert fill_text(text, scope()) == told


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ контрагент.инн }}", "Поля «контрагент.инн» нет"),
        ("{{ контрогент }}", "Возможно, имелось в виду «контрагент»"),
        ("{{ сумма | прописъю }}", "Возможно, имелось в виду «прописью»"),
        ("{{ сумма | родительный }}", "не применяется к значению «сумма»"),
        ("{{ день | прописью }}", "не применяется к значению «дата»"),
        ("{{ сумма", "не закрыто"),
        ("{{ если срочно }}да", "открыто и не закрыто"),
        ("{{ конец }}", "ничего не закрывает"),
        ("{{ для товары }}х{{ конец }}", "Списка «товары» нет"),
        ("{{ если сумма }}х{{ конец }}", "пишут условие"),
        ("{{ если [сумма] + }}х{{ конец }}", "обрывается"),
        ("{{ = 1 / 0 }}", "На ноль делить нельзя"),
        ("{{ строки.товар }}", "печатают в строке таблицы"),
        ("{{ }}", "напишите название"),
        ("{{ qr | родительный }}", "обработки не применяются"),
    ],
)
def test_a_template_that_is_wrong_is_refused_with_its_place(text, sentence):
    with pytest.raises(TemplateError) as refusal:
        fill_text(f"Начало. {text}", scope())
    assert sentence in refusal.value.sentence
    assert refusal.value.where


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ контрагент.__class__ }}", "{{ self }}",
        "{{ config.items() }}", "{{ контрагент|attr('__class__') }}", "{{ = __import__('os').system('id') }}",
        "{{ = [__class__] }}", "{{ request.application.__globals__ }}", "{{ для x in range(10**9) }}а{{ конец }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}", "{{ = 9 * 9 * [директор.__init__] }}",
    ],
)  # fmt: skip
def test_hostile_places_are_refused(text):
    with pytest.raises(TemplateError):
        fill_text(text, scope())


@pytest.mark.parametrize("text", ["{% for x in y %}{% endfor %}", "{# note #}", "${7*7}", "<%= 7*7 %>", "#{7*7}"])
def test_what_other_engines_run_is_words_here(text):
    assert fill_text(text, scope()) == text


def test_what_people_have_typed_is_never_read_as_a_place():
    hostile = replace(scope(), values={**scope().values, "контрагент": Told(Sort.TEXT, "{{ сумма }} {{ если x }}")})
    assert fill_text("{{ контрагент }}", hostile) == "{{ сумма }} {{ если x }}"
    assert fill_text("{{ для строки }}{{ контрагент }}{{ конец }}", hostile).count("{{ сумма }}") == 2


def test_loops_in_loops_end():
    lines = tuple({"а": Told(Sort.TEXT, "х" * 100)} for _ in range(3000))
    names = ("один", "два", "три")
    wide = Scope({}, dict.fromkeys(names, lines), {name: {"а": Sort.TEXT} for name in names})
    inner = "{{ для один }}{{ для два }}{{ для три }}{{ три.а }}{{ конец }}{{ конец }}{{ конец }}"
    with pytest.raises(TemplateError, match="слишком большой"):
        Printer().filled(inner, wide)


def test_what_somebody_goes_on_typing_in_is_never_refused():
    assert fill_leniently("{{ нет такого }} и {{ контрагент }}", scope()) == f"{NOTHING} и ООО «Ромашка»"
    assert fill_leniently("{{ если", scope()) == "{{ если"


def test_in_html_that_is_kept_as_text_values_are_words():
    hostile = replace(scope(), values={**scope().values, "контрагент": Told(Sort.TEXT, "<script>x</script> & Co")})
    told = fill_markup("<p>{{ <b>контр</b>агент }}, {{ если [сумма] &gt; 5 }}да{{ конец }}</p>", hostile)
    assert told == "<p>&lt;script&gt;x&lt;/script&gt; &amp; Co, да</p>"


_PIECES = st.sampled_from(
    ["{{", "}}", " ", "{{ конец }}", "{{ иначе }}", "{{ если срочно }}", "{{ для строки }}", "{{ контрагент }}", "|",
     "родительный", "{{ = [сумма] }}", "{{ строки.товар }}", "прописью", "(", ")", "«", "»", '"', "[", "]", "{", "%}",
     "сумма", "\n", "\t", "абв"] + list(FILTERS)
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=5), max_size=25).map("".join))
@example("{{{{ сумма }}}}")
@example("{{ = " + "(" * 300 + "1" + ")" * 300 + " }}")
@example("{{ если срочно }}" * 30)
def test_any_template_is_filled_in_or_refused_with_a_place(text):
    try:
        told = fill_text(text, scope())
    except TemplateError as refusal:
        assert refusal.sentence and (refusal.where or not text.strip() or "больше" in refusal.sentence)
    else:
        assert isinstance(told, str)


@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=30), max_size=5))
def test_a_value_stands_in_its_place_whatever_it_says(values):
    for value in values.values():
        known = scope_of({"values": {"имя": {"sort": "text", "value": value}}})
        told = fill_text("<{{ имя }}>", known)
        kept = "".join(one for one in value.replace("\r\n", "\n").replace("\r", "\n") if one.isprintable())
        assert told.startswith("<") and told.endswith(">")
        assert value == "" or all(one in told for one in kept if not 0xE000 <= ord(one) < 0xE040)


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_a_sum_in_figures_and_in_words_says_the_same_kopecks(amount):
    known = replace(scope(), values={"сумма": Told(Sort.MONEY, Decimal(amount))})
    figures, written = fill_text("{{ сумма }}|{{ сумма | прописью }}", known).split("|")
    assert figures[-2:] in written
