"""The machine that proves the product may have an office suite, or none: tests say which."""

import pytest

from core.templates import making


@pytest.fixture(autouse=True)
def _own_way(monkeypatch):
    monkeypatch.setattr(making, "suite", lambda: "")
