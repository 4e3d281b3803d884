"""What tasks refuse."""

from core.errors import Forbidden, Refused


class TaskIsOver(Refused):
    code, title = "task-is-over", "Задача завершена. Откройте её заново, чтобы изменить"


class WrongMoment(Refused):
    """The button does not fit the task's present state: somebody was faster."""

    code, title = "wrong-moment", "Задача уже в другом состоянии. Обновите карточку и посмотрите, что можно сделать"


class NotInitiator(Forbidden):
    code, title = "not-initiator", "Это может сделать только инициатор задачи. Напишите ему в комментарии"


class NotAssignee(Forbidden):
    code, title = "not-assignee", "Это может сделать только исполнитель задачи"
