"""Kinds of notices about documents."""

from core.notifications.kinds import BELL, Notification

_GROUP = "Документы"
ADDRESSED = Notification("documents.addressed", "Вам направлен документ", _GROUP)
REGISTERED = Notification("documents.registered", "Документ зарегистрирован", _GROUP)
RETURNED = Notification("documents.returned", "Документ вернули в черновик", _GROUP)
CANCELLED = Notification("documents.cancelled", "Документ аннулирован", _GROUP)
ANSWERS = Notification("documents.answers", "Вы отвечаете за документ", _GROUP)
TERM = Notification("documents.term", "Срок документа заканчивается", _GROUP)
WATCHED = Notification("documents.watched", "Ход документа, за которым вы наблюдаете", _GROUP, channels=(BELL,))
KINDS = (ADDRESSED, REGISTERED, RETURNED, CANCELLED, ANSWERS, TERM, WATCHED)
