"""What people do with documents; what others need of it is named here."""

from .cards import change_document, create_document, throw_away
from .moving import do_deed, register_document

__all__ = ["change_document", "create_document", "do_deed", "register_document", "throw_away"]
