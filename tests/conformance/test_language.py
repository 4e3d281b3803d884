"""Whatever a form may answer is said in Russian."""

import gettext
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from rest_framework import exceptions, serializers

from core.errors import Invalid
from core.registry import registry
from core.rest.problems import problem_handler
from infra.env import ROOT

CATALOGUE = ROOT / "core" / "locale" / "ru" / "LC_MESSAGES"
RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)


def classes(base: type = serializers.Serializer) -> Iterator[type]:
    """All serializers of the house."""
    for kind in base.__subclasses__():
        yield from classes(kind)
        if not kind.__module__.startswith(("rest_framework", "drf_spectacular", "tests")):
            yield kind


def messages(field: serializers.Field, name: str) -> Iterator[tuple[str, Any]]:
    """(where, sentence) of everything that a field may say, and what lies in it."""
    yield from ((f"{name}:{code}", text) for code, text in field.error_messages.items())
    yield from ((f"{name}:{type(check).__name__}", check.message) for check in field.validators if has_words(check))
    for inner_name, inner in getattr(field, "fields", {}).items():
        yield from messages(inner, f"{name}.{inner_name}")
    if child := getattr(field, "child", None):
        yield from messages(child, f"{name}[]")


def has_words(check: Any) -> bool:
    return getattr(check, "message", None) is not None


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, Any]]:
    for side in ("company", "public"):
        assert import_module(f"infra.urls.{side}").urlpatterns
    assert registry.kinds()
    found = [entry for kind in classes() for entry in messages(kind(), kind.__qualname__)]
    assert len(found) > 500
    return found


def test_no_field_answers_in_english(everything):
    with translation.override("ru"):
        english = {where: str(text) for where, text in everything if not RUSSIAN.search(str(text))}
    assert english == {}


@pytest.mark.parametrize(
    "field",
    [
        serializers.BooleanField(), serializers.CharField(min_length=2, max_length=3), serializers.EmailField(),
        serializers.RegexField("a"), serializers.SlugField(), serializers.SlugField(allow_unicode=True),
        serializers.URLField(), serializers.UUIDField(), serializers.IPAddressField(),
        serializers.IntegerField(min_value=1, max_value=2), serializers.FloatField(min_value=1, max_value=2),
        serializers.DecimalField(5, 2, min_value=1, max_value=2), serializers.DateTimeField(),
        serializers.DateField(), serializers.TimeField(), serializers.DurationField(min_value=1, max_value=2),
        serializers.ChoiceField(["a"]), serializers.MultipleChoiceField(choices=["a"]), serializers.FileField(),
        serializers.ImageField(), serializers.ListField(min_length=1, max_length=2), serializers.DictField(),
        serializers.JSONField(), serializers.ListSerializer(child=serializers.CharField(), min_length=1, max_length=2),
    ],
    ids=lambda field: type(field).__name__,
)  # fmt: skip
def test_no_field_that_may_be_taken_tomorrow_answers_in_english(field):
    with translation.override("ru"):
        said = [(where, str(text)) for where, text in messages(field, "") if not RUSSIAN.search(str(text))]
    assert said == []


@pytest.mark.parametrize(
    ("field", "given"),
    [
        (serializers.ListField(child=serializers.IntegerField(), max_length=2), [1, 2, 3]),
        (serializers.ListField(child=serializers.IntegerField(), min_length=1), []),
        (serializers.BooleanField(), "perhaps"),
        (serializers.CharField(), "\ud800"),
        (serializers.CharField(), "\0"),
        (serializers.CharField(), ["a"]),
        (serializers.ListSerializer(child=serializers.CharField(), max_length=1), ["a", "b"]),
    ],
    ids=repr,
)
def test_what_was_heard_in_english_is_said_in_russian(field, given):
    with pytest.raises(exceptions.ValidationError) as refused:
        field.run_validation(given)
    for text in _leaves(refused.value.detail):
        assert RUSSIAN.search(text), text


LATIN = re.compile("[a-z]{2,}", re.IGNORECASE)
LONG = "щ" * 300_000
WRONG: tuple[Any, ...] = (
    None, True, -1, 10**40, 1.5, "", "щ", "\0", "\ud800", LONG, "2026-99-99T00:00", "2026-11-21T18:00:00",
    "0001-01-01T00:00:00Z", [], [None], [LONG], [[]], [{}], {}, {"щ": "щ"}, {LONG: LONG},
)  # fmt: skip


def refusals(form: type[serializers.Serializer], given: Any) -> list[dict[str, str]]:
    """What somebody reads who sends this to an operation of that form."""
    try:
        form(data=given).is_valid(raise_exception=True)
    except exceptions.ValidationError as refused:
        return problem_handler(refused, {}).data["errors"]
    except Invalid as refused:
        return problem_handler(refused, {}).data["errors"]
    return []


def unlike(form: type[serializers.Serializer], asked: set[str]) -> Iterator[str]:
    """Fields that may say something new: one declared alike, in a form that adds nothing, says what was heard."""
    names = {name for one in own(form) for name in vars(one)}
    adds = any(name == "validate" or name.startswith(("validate_", "to_internal")) for name in names)
    for name, field in form().fields.items():
        declared = repr(field)
        if adds or declared not in asked:
            asked.add(declared)
            yield name


def own(form: type[serializers.Serializer]) -> Iterator[type]:
    return (one for one in form.__mro__ if not one.__module__.startswith(("rest_framework", "builtins")))


def test_no_wrong_input_of_any_request_is_answered_in_english_or_with_itself(everything):
    heard: dict[str, list[str]] = {}
    asked: set[str] = set()
    with translation.override("ru"):
        for form in classes():
            fields = list(unlike(form, asked))
            for given in (*WRONG, *({name: wrong} for name in fields for wrong in WRONG)):
                for said in refusals(form, given):
                    heard.setdefault(said["detail"], []).append(f"{form.__qualname__} {said['pointer']}")
                    assert len(said["pointer"]) < 200, form
    assert len(heard) > 20
    assert {text: where[:3] for text, where in heard.items() if LATIN.search(text)} == {}
    assert {text[:80]: where[:3] for text, where in heard.items() if len(text) > 150 or "щщ" in text} == {}


@pytest.mark.parametrize("given", ["null", "[]", '"x"', "1", "true"])
def test_a_body_that_is_no_set_of_fields_is_refused_in_russian(owner, given):
    told = {"HTTP_HOST": f"{owner.client.host}{settings.ORIGIN_PORT}", "HTTP_AUTHORIZATION": f"Bearer {owner.token}"}
    answer = Client().post("/api/v1/tasks/", given, content_type="application/json", **told)
    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["pointer"]) == (422, "/")
    assert RUSSIAN.search(wrong["detail"]) and not LATIN.search(wrong["detail"])


def _leaves(detail: Any) -> list[str]:
    if isinstance(detail, dict):
        return [text for inner in detail.values() for text in _leaves(inner)]
    return [text for inner in detail for text in _leaves(inner)] if isinstance(detail, list) else [str(detail)]


def test_the_catalogue_is_compiled():
    """After a change of django.po: the command at its beginning."""
    typed = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    pairs = {
        _plain(said): _plain(meant) for said, meant in re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', typed, re.MULTILINE)
    }
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert len(pairs) == typed.count("msgid") - 1
    assert {said: catalogue.gettext(said) for said in pairs} == pairs


def _plain(text: str) -> str:
    return text.replace('\\"', '"')
