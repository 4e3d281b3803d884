"""Notices about tasks."""

from .kinds import KINDS
from .letters import letters

__all__ = ["KINDS", "letters"]
