"""What people are told about tasks."""

from core.notifications.kinds import BELL, Notification

from .buttons import APPROVING, DECIDING, DOING

_GROUP = "Задачи"
GIVEN = Notification("tasks.given", "Новая задача", _GROUP, buttons=DOING)
HELPING = Notification("tasks.helping", "Вы соисполнитель", _GROUP, buttons=DOING)
NAMED = Notification("tasks.mentioned", "Вас упомянули в задаче", _GROUP, is_mention=True)
SUBMITTED = Notification("tasks.submitted", "Задача ждёт проверки", _GROUP, buttons=DOING)
RETURNED = Notification("tasks.returned", "Задача возвращена", _GROUP, buttons=DOING)
CLOSED = Notification("tasks.closed", "Задача закрыта", _GROUP)
MOVED = Notification("tasks.due", "Перенос срока", _GROUP, buttons=DECIDING)
INHERITED = Notification("tasks.inherited", "Вы стали инициатором задачи", _GROUP, buttons=DOING)
UNBLOCKED = Notification("tasks.unblocked", "Можно начинать", _GROUP, buttons=DOING)
CANCELLED = Notification("tasks.cancelled", "Задача отменена", _GROUP)
REOPENED = Notification("tasks.reopened", "Задача открыта заново", _GROUP, buttons=DOING)
WATCHING = Notification("tasks.watching", "Вы наблюдатель", _GROUP, channels=(BELL,))
# Who only looks on is not written letters to, unless he wants them.
WATCHED = Notification("tasks.watched", "Ход задачи, за которой вы наблюдаете", _GROUP, channels=(BELL,))
TO_APPROVE = Notification("tasks.to_approve", "Просят утвердить черновик", _GROUP, buttons=APPROVING)
APPROVED = Notification("tasks.approved", "Черновик утверждён", _GROUP)
DRAFT_BACK = Notification("tasks.draft_back", "Черновик возвращён", _GROUP)
NOT_GIVEN = Notification("tasks.not_given", "Повторяющаяся задача не поставлена", _GROUP)
KINDS = (
    GIVEN, HELPING, NAMED, SUBMITTED, RETURNED, CLOSED, CANCELLED, REOPENED, MOVED, INHERITED, UNBLOCKED, WATCHING,
    WATCHED, TO_APPROVE, APPROVED, DRAFT_BACK, NOT_GIVEN,
)  # fmt: skip
