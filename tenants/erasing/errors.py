"""What the product refuses about erasing a company."""

from core.errors import Refused


class ErasureBegun(Refused):
    code, title = "erasure-begun", "Удаление уже началось, и отменить его нельзя. Акт придёт владельцам письмом"
