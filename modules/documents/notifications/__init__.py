"""What people are told about documents."""

from .kinds import KINDS
from .letters import letters

__all__ = ["KINDS", "letters"]
