"""What people do with tasks; what others need of it is named here."""

from .cards import change_task, create_task, do_deed, set_co_assignees

__all__ = ["change_task", "create_task", "do_deed", "set_co_assignees"]
