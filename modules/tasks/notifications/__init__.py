"""Notices about tasks."""

from .drafts import draft_letters
from .kinds import KINDS
from .letters import letters
from .plans import gone_letters, plan_letters

__all__ = ["KINDS", "draft_letters", "gone_letters", "letters", "plan_letters"]
