"""Permissions about tasks."""

from core.access.permissions import Permission, company_wide

VIEW = Permission("tasks.view", "Видеть задачи")
CREATE = company_wide("tasks.create", "Ставить задачи")
# Within «own» it is the initiator who changes; a wider reach acts on others' tasks as their initiator would.
EDIT = Permission("tasks.edit", "Изменять задачи, закрывать и удалять их", decides=True)
RULES = company_wide("tasks.rules", "Настраивать правила задач")
