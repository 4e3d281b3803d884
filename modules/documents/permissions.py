"""Permissions about documents."""

from core.access.permissions import Permission, company_wide

VIEW = Permission("documents.view", "Видеть документы")
CREATE = company_wide("documents.create", "Создавать документы")
EDIT = Permission("documents.edit", "Изменять документы, вводить в действие и аннулировать", decides=True)
REGISTER = company_wide("documents.register", "Регистрировать документы")
FILES = company_wide("documents.files", "Вести номенклатуру дел")
RULES = company_wide("documents.rules", "Настраивать виды и шаблоны документов")
