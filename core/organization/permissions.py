"""Permissions about people and structure."""

from core.access.permissions import Permission, company_wide

# The list, the cards and the structure: all of it or nothing. Names are open to every colleague without any right, for
# work is given by name (docs/decisions/0007-names-are-open.md).
VIEW_PEOPLE = company_wide("organization.view", "Видеть список, карточки сотрудников и отделы")
EDIT_PEOPLE = Permission("organization.edit", "Изменять карточки сотрудников", decides=True)
# Passports and orders lie there: seeing a colleague's card gives no right to them.
SEE_FILES = Permission("organization.files", "Видеть и прикладывать файлы в карточках сотрудников", decides=True)
INVITE = company_wide("organization.invite", "Приглашать сотрудников")
BLOCK = company_wide("organization.block", "Блокировать и возвращать сотрудников")
MANAGE_STRUCTURE = company_wide("organization.structure", "Настраивать отделы и должности")
