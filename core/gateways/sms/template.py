"""A request that a company has written down itself: an address and a body with places for what changes. No network."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from core.egress import EgressRefused, parsed

PLACES = ("phone", "text", "sender", "key", "id")
_PLACE = re.compile(rf"\{{({'|'.join(PLACES)})\}}")
_MUST = {"phone": "телефон", "text": "текст"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def address_of(template: str, values: Mapping[str, str]) -> str:
    """The address with its places filled; whatever stands in a value cannot leave its place."""
    return _filled(template, values, _in_address)


def body_of(template: str, values: Mapping[str, str]) -> tuple[str, str]:
    """(body, its content type): JSON when it begins with a brace, a form otherwise."""
    if _is_json(template):
        return _filled(template, values, _in_json), JSON
    return _filled(template, values, _in_address), FORM


def faults(address: str, body: str) -> dict[str, str]:
    """What is wrong with a written request: field → Russian sentence; empty when nothing is."""
    sample = dict.fromkeys(PLACES, "0")
    try:
        url = parsed(address_of(address, sample))
        moved = parsed(address_of(address, dict.fromkeys(PLACES, "1")))
    except EgressRefused as refusal:
        return {"address": refusal.reason}
    if (url.host, url.port) != (moved.host, moved.port):
        return {"address": "Имя сервера не может меняться от сообщения к сообщению"}
    if missing := [f"{{{place}}} — {title}" for place, title in _MUST.items() if f"{{{place}}}" not in address + body]:
        return {"body" if body else "address": f"Укажите, куда поставить: {', '.join(missing)}"}
    if _is_json(body):
        try:
            json.loads(_filled(body, sample, _in_json))
        except ValueError:
            return {"body": "Это не JSON: проверьте кавычки, запятые и скобки"}
    return {}


def _is_json(body: str) -> bool:
    return body.lstrip()[:1] in ("{", "[")


def _filled(template: str, values: Mapping[str, str], written: Callable[[str], str]) -> str:
    return _PLACE.sub(lambda place: written(values[place[1]]), template)


def _in_address(value: str) -> str:
    return quote(value, safe="")


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]
