"""Migrations of tasks as they are, and the column of the coming version after them."""

from pathlib import Path

from infra.env import ROOT

__path__ = [str(Path(__file__).parent), str(ROOT / "modules" / "tasks" / "migrations")]
