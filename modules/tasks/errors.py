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


class HasOpenSubtasks(Refused):
    """`way` is what the person may do all the same, empty when the company has forbidden it."""

    code = "open-subtasks"

    def __init__(self, count: int, *, way: str) -> None:
        self.title = "У задачи есть незавершённые подзадачи"
        end = "Завершите их или закройте всё вместе" if way else "Сначала завершите их"
        super().__init__(f"Не завершено подзадач: {count}. {end}", count=count, way=way)


class SubtaskTouched(Refused):
    """`number` is empty of a subtask that the person does not see."""

    code, title = "subtask-touched", "Подзадачу после этого уже изменили"

    def __init__(self, number: str) -> None:
        which = f"Подзадачу {number}" if number else "Подзадачу, которая вам не видна,"
        super().__init__(f"{which} после этого уже изменили, и всё осталось как есть. Откройте задачу заново вручную")


class SubtaskHasGaps(Refused):
    """`number` is empty of a subtask that the person does not see."""

    code, title = "subtask-has-gaps", "Подзадача заполнена не полностью"

    def __init__(self, number: str) -> None:
        which = f"В подзадаче {number}" if number else "В подзадаче, которая вам не видна,"
        end = "Заполните их" if number else "Попросите её исполнителя заполнить их"
        super().__init__(f"{which} пусты поля, без которых её нельзя завершить. {end} и повторите")


class SubtaskOfOthers(Refused):
    """`number` is empty of a subtask that the person does not see."""

    code, title = "subtask-of-others", "Подзадачу завершает другая роль"

    def __init__(self, number: str) -> None:
        which = f"Подзадачу {number}" if number else "Подзадачу, которая вам не видна,"
        super().__init__(f"{which} может завершить только другая роль. Попросите того, у кого она есть, и повторите")


class DependsOnOthers(Refused):
    code = "depends-on-others"

    def __init__(self, count: int, *, way: str) -> None:
        self.title = "Задача ждёт других задач"
        end = "Начать всё равно?" if way else "Дождитесь их завершения"
        super().__init__(f"Не завершено задач, от которых зависит эта: {count}. {end}", count=count, way=way)


class TooDeep(Refused):
    code, title = "too-deep", "Слишком глубоко: под задачей может быть не больше пяти уровней подзадач"


class TooManySubtasks(Refused):
    code, title = "too-many-subtasks", "Слишком много подзадач. Соберите часть из них под отдельной задачей"


class UnderItself(Refused):
    code, title = "under-itself", "Задачу нельзя поставить под её собственную подзадачу. Выберите другую"


class NotPartOfTask(Forbidden):
    code, title = "not-part-of-task", "Это делают инициатор, исполнитель и соисполнители задачи"


class AlreadyAsked(Refused):
    code, title = "already-asked", "О переносе уже попросили. Дождитесь решения инициатора или снимите просьбу"


class AlreadyDecided(Refused):
    code, title = "already-decided", "По этой просьбе уже решили. Обновите карточку"


class NoTimerRuns(Refused):
    code, title = "no-timer", "Таймер уже остановлен. Обновите карточку"


class EntryOfOthers(Forbidden):
    code, title = "entry-of-others", "Чужое время исправляет инициатор задачи. Напишите ему в комментарии"


class TaskIsDraft(Refused):
    code, title = "task-is-draft", "Это черновик: сначала поставьте задачу"


class AssigneeIsGone(Refused):
    code, title = "assignee-is-gone", "Исполнитель больше не работает в системе. Выберите другого и поставьте задачу"


class NotInYourName(Forbidden):
    code = "not-in-your-name"
    title = "Ставить задачи от имени другого может тот, кому доступны все задачи. Оставьте инициатором себя"


class NobodyToGive(Refused):
    code, status = "nobody-to-give", 409
    title = "Задачу некому поставить: исполнители заблокированы или роль никому не выдана. Назначьте других"


class TooManyToGive(Refused):
    """`count` people would get a task, `most` may."""

    code, status = "too-many-to-give", 409

    def __init__(self, count: int, *, most: int) -> None:
        self.title = "Слишком много исполнителей"
        super().__init__(
            f"Задачу получили бы {count} чел., за раз можно не больше {most}. Выберите роли и отделы поменьше",
            count=count,
            most=most,
        )


class NotApprovedYet(Refused):
    code, title = "not-approved", "Черновики здесь ставят после утверждения. Отправьте этот на утверждение"


class DraftWasReturned(Refused):
    code, title = "draft-returned", "Черновик вернули. Исправьте его и отправьте на утверждение ещё раз"


class AlreadySent(Refused):
    """`number` is the draft that waits for somebody already."""

    code = "already-sent"

    def __init__(self, number: str) -> None:
        self.title = "Черновик уже ждёт утверждения"
        super().__init__(f"Черновик {number} уже ждёт утверждения. Дождитесь решения или отзовите его", number=number)


class DraftChanged(Refused):
    code, title = "draft-changed", "Черновик изменился, посмотрите ещё раз"


class AuthorGivesNoMore(Refused):
    code = "author-gives-no-more"
    title = "Автор черновика больше не может ставить задачи, и поставить от его имени нельзя. Верните черновик"


class SentAgain(Refused):
    code, title = "sent-again", "Этот черновик присылали ещё раз. Откройте карточку и посмотрите, что изменилось"
