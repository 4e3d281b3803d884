"""What other modules need of tasks."""

from .actions import create_task

__all__ = ["create_task"]
