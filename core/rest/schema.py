"""How operations appear in the committed OpenAPI documents: named, guarded, with all that they may refuse."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from .csrf import SAFE
from .problems import MEDIA_TYPE

_SCHEMES: dict[str, dict[str, str]] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-pult"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    "token": {"type": "http", "scheme": "bearer"},
}
_WRONG_FIELD = {
    "type": "object",
    "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
    "required": ["pointer", "detail"],
}
# RFC 9457; what a refusal adds (`retry_after`, `current`, `needs`) stands beside these.
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "description": "/problems/<code>: what programs branch on"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what people read"},
        "errors": {"type": "array", "items": _WRONG_FIELD},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": {},
}
_REFUSALS = {
    400: "The body cannot be read.",
    401: "Nobody is signed in, or the token is dead.",
    403: "The caller may not, the page is foreign, or the company is closed.",
    404: "It does not exist, the caller may not know of it, or its module is off.",
    409: "It cannot be done as things stand.",
    412: "It has changed since it was read: `current` is what stands now.",
    422: "Fields or parameters are wrong: `errors` points to each.",
    429: "Too often: `retry_after` seconds.",
}
_IF_MATCH = {"in": "header", "name": "If-Match", "schema": {"type": "string"}, "description": "the ETag that was read"}
_LOCATION = {"Location": {"schema": {"type": "string"}, "required": True}}


class PultAutoSchema(AutoSchema):
    """Names operations `<tag>_<action>` and tags them by the first word of the path after the version.

    What an operation may refuse is read off its view: the access table, `module`, `versioned`, `limited` and the
    sides it serves. Nothing of it is said by hand at an operation.
    """

    # Every endpoint here is a ScopedView, which the library does not know.
    view: Any

    def get_tags(self) -> list[str]:
        parts = [part for part in self.path.split("/") if part and not part.startswith("{")]
        return [parts[2] if len(parts) > 2 else "api"]

    def get_operation_id(self) -> str:
        parts = [part for part in self.path.split("/") if part][2:]
        words = [f"by_{part.strip('{}')}" if part.startswith("{") else part.replace("-", "_") for part in parts]
        return "_".join([self.method.lower(), *words])

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args)
        if operation is None:
            return None
        if self._is_versioned():
            operation["parameters"] = [*operation.get("parameters", []), _IF_MATCH]
        responses = {code: _redirected(code, told) for code, told in operation["responses"].items()}
        refused = {str(status): self._problem(status) for status in self._refusals(operation)}
        operation["responses"] = dict(sorted((refused | responses).items()))
        return operation

    def get_response_serializers(self) -> Any:
        if self._operation() in self.view.answers_card:
            return self.view.kind.viewset.card_shape
        return super().get_response_serializers()

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Either the cookie (with the CSRF token for changes) or a token; nothing for what anybody may do."""
        if self._access().anonymous:
            return []
        ways: list[tuple[str, ...]] = [("session",) if self.method in SAFE else ("session", "csrf")]
        if self.view.takes_tokens:
            ways.append(("token",))
        for name in {name for way in ways for name in way}:
            self._register(ResolvedComponent.SECURITY_SCHEMA, name, _SCHEMES[name])
        return [{name: [] for name in way} for way in ways]

    def _operation(self) -> str:
        return getattr(self.view, "action", None) or self.method.lower()

    def _access(self) -> Any:
        return self.view.access[self._operation()]

    def _is_versioned(self) -> bool:
        return self._operation() in self.view.versioned

    def _refusals(self, operation: dict[str, Any]) -> list[int]:
        is_change, has_body = self.method not in SAFE, "requestBody" in operation
        asks = any(parameter["in"] != "path" for parameter in operation.get("parameters", []))
        applies = {
            400: has_body,
            401: self.view.of_company,
            403: self.view.of_company or is_change,
            404: "{" in self.path or bool(self.view.module),
            409: is_change,
            412: self._is_versioned(),
            422: has_body or asks,
            429: self.view.limited,
        }
        return [status for status, applicable in applies.items() if applicable]

    def _problem(self, status: int) -> dict[str, str]:
        self._register(ResolvedComponent.SCHEMA, "Problem", _PROBLEM)
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        name = f"Refused{status}"
        self._register("responses", name, {"description": _REFUSALS[status], "content": content})
        return {"$ref": f"#/components/responses/{name}"}

    def _register(self, sort: str, name: str, schema: dict[str, Any]) -> None:
        self.registry.register_on_missing(ResolvedComponent(name=name, type=sort, object=name, schema=schema))


def _redirected(code: str, response: dict[str, Any]) -> dict[str, Any]:
    """An answer that sends the caller on has an address instead of a body."""
    if not code.startswith("3"):
        return response
    return {"description": response.get("description", ""), "headers": _LOCATION}
