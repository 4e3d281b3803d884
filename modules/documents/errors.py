"""What documents refuse."""

from core.errors import Forbidden, Refused


class WrongMoment(Refused):
    code, title = "wrong-moment", "Документ уже в другом состоянии. Обновите карточку"


class DocumentIsSettled(Refused):
    code = "document-is-settled"
    title = "Документ зарегистрирован, его содержание не меняется. Оформите изменение отдельным документом"


class DocumentOnRoute(Refused):
    code, title = "document-on-route", "Документ на согласовании. Отзовите его с маршрута"


class DocumentWaits(Refused):
    code, title = "document-waits", "Документ ждёт регистрации. Верните его в черновик, чтобы изменить"


class DocumentIsOver(Refused):
    code, title = "document-is-over", "Документ в архиве или аннулирован. Верните его из архива, чтобы изменить"


class NotYourDocument(Forbidden):
    code = "not-your-document"
    title = "Это делает автор документа, ответственный или их руководитель. Попросите кого-то из них"


class NotRegistrar(Forbidden):
    code, title = "not-registrar", "Документы этого вида регистрируете не вы. Передайте документ на регистрацию"


class NotYourType(Forbidden):
    code, title = "not-your-type", "Документы этого вида создают другие роли. Попросите администратора открыть доступ"


class NoRoute(Refused):
    code = "no-route"
    title = "Для этого документа маршрута нет. Выберите маршрут сами или передайте документ на регистрацию"


class RouteIsNeeded(Refused):
    code = "route-needed"
    title = "Документы этого вида сначала согласуют. Отправьте документ по маршруту"


class RegisteredIsKept(Refused):
    code = "registered-is-kept"
    title = "У документа есть номер, в корзину его не убрать. Аннулируйте его с указанием причины"


class NoCaseFile(Refused):
    code, title = "no-case-file", "Укажите дело, в которое подшит документ, и повторите"


class CaseFileIsClosed(Refused):
    code, title = "case-file-closed", "Дело закрыто. Выберите дело, которое ведётся"


class CaseFileHasOpen(Refused):
    """`count` documents of the file are not in the archive yet."""

    code = "case-file-has-open"

    def __init__(self, count: int) -> None:
        self.title = "В деле есть документы не в архиве"
        super().__init__(f"В деле документов не в архиве: {count}. Переведите их в архив и закройте дело", count=count)


class CaseFileTaken(Refused):
    code, title = "case-file-taken", "Дело с таким индексом в этом году уже есть. Измените индекс"


class NotYetDestroyed(Refused):
    code = "retention-not-over"
    title = "Срок хранения дела ещё не истёк, уничтожить его нельзя. Дождитесь конца срока"


class ForeignFile(Refused):
    code, title = "foreign-file", "Этого файла нет в документе или он ещё проверяется. Обновите карточку"


class NotForResolution(Refused):
    code, title = "not-for-resolution", "Резолюцию пишут на зарегистрированном документе. Сначала зарегистрируйте его"


class ResolutionOfOthers(Forbidden):
    code = "resolution-of-others"
    title = "Резолюцию пишет адресат документа, ответственный или их руководитель. Попросите кого-то из них"


class DecidedMeanwhile(Refused):
    code, status = "decided-meanwhile", 409
    title = "По документу уже кто-то решил. Если нужно, отзовите его с карточки"


class NoLinesHere(Refused):
    code = "no-lines-here"
    title = "У документов этого вида нет строк протокола. Включите их в настройках вида документов"


class TooManyMinutesLines(Refused):
    code = "too-many-lines"
    title = "В протоколе уже 200 строк. Составьте следующий протокол и продолжите в нём"


class LineHasStarted(Refused):
    code = "line-has-started"
    title = "Поручение уже начато и не меняется в протоколе. Откройте его задачу и измените там"


class LineIsRemoved(Refused):
    code, title = "line-is-removed", "Строка убрана из протокола. Верните её, чтобы изменить"


class NotForGiving(Refused):
    code = "not-for-giving"
    title = "Поручением становится идея или решение утверждённого протокола, и один раз"


class NoSuchLine(Refused):
    code, title = "no-such-line", "Строки, за которой вы ставите эту, здесь больше нет. Обновите карточку"
