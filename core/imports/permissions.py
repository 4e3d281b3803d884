"""Permissions about files that cards are made from."""

from core.access.permissions import company_wide

# To make cards of a kind asks for the kind's own right besides.
IMPORT = company_wide("imports.run", "Загружать карточки из файлов и отменять загрузку")
