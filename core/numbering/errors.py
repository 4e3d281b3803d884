"""Why a number is refused."""

from core.errors import Forbidden, Invalid, Refused


class NotYourReserve(Forbidden):
    title = "Снять бронь может тот, кто её сделал, или тот, кто настраивает нумерацию"


class TooManyReserved(Refused):
    code, status, title = "too-many-reserved", 409, "Забронировано слишком много номеров. Сначала снимите лишние брони"


class NotReserved(Invalid):
    """Unknown, used, expired and somebody else's reservations are told alike."""

    def __init__(self) -> None:
        super().__init__({"reserved_number": "Эта бронь уже использована или снята. Выберите другой номер"})
