"""Reports of faults to Sentry: where the code broke, in which company and request, and nothing of what it worked on.

An event is made anew out of what is allowed; whatever the library may add one day stays behind. What an exception says
is told only of those that speak of code: others quote rows, addresses and people's words.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration

from core.logs import request_id, slug_here
from core.scrub import scrubbed
from infra.env import Env

_PLAIN = ("event_id", "timestamp", "level", "platform", "release", "environment", "logger", "sdk")
_FRAME = ("filename", "module", "function", "lineno", "in_app", "pre_context", "context_line", "post_context")
_SPEAK_OF_CODE = frozenset({
    "TypeError", "AttributeError", "NameError", "ImportError", "ModuleNotFoundError", "RuntimeError", "RecursionError",
    "NotImplementedError", "ImproperlyConfigured", "FieldError", "FieldDoesNotExist", "TemplateDoesNotExist",
})  # fmt: skip
_LONGEST = 500


def report_faults(env: Env, **more: Any) -> None:
    """Begin to report what is logged as an error or ends a thread; nothing happens without `SENTRY_DSN`."""
    if not env.sentry_dsn:
        return
    sentry_sdk.init(
        dsn=env.sentry_dsn,
        environment=env.pult_env,
        release=env.release or None,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None), ExcepthookIntegration(), ThreadingIntegration(),
                      DedupeIntegration(), AtexitIntegration(callback=lambda pending, timeout: None)],
        before_send=allowed,
        max_breadcrumbs=0,
        include_local_variables=False,
        server_name="",
        **more,
    )  # fmt: skip


def allowed(event: Any, hint: Any = None) -> Any:
    """The event as it may leave us."""
    told: dict[str, Any] = {name: event[name] for name in _PLAIN if name in event}
    told["tags"] = {"company": slug_here(), "request": request_id.get()}
    if "logentry" in event:
        # The words of the line as they stand in the code; what they were filled with stays here.
        told["logentry"] = {"message": str(event["logentry"].get("message", ""))[:_LONGEST]}
    for kept in ("exception", "threads"):
        if values := (event.get(kept) or {}).get("values"):
            told[kept] = {"values": [_failure(one) for one in values]}
    return told


def _failure(one: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: one[name] for name in ("type", "module", "mechanism", "id", "name", "crashed") if name in one
    }
    if "mechanism" in told:
        told["mechanism"] = {name: told["mechanism"].get(name) for name in ("type", "handled")}
    if one.get("type") in _SPEAK_OF_CODE:
        told["value"] = scrubbed(str(one.get("value", "")))[:_LONGEST]
    if frames := (one.get("stacktrace") or {}).get("frames"):
        told["stacktrace"] = {"frames": [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]}
    return told
