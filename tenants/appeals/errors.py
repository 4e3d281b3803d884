"""What is refused about appeals."""

from core.errors import Refused, SlowDown


class NotTakenHere(Refused):
    code, status = "appeals-elsewhere", 409
    title = "Обращения здесь не принимаются: напишите или позвоните в поддержку, адреса есть в «Помощи»"


class AppealIsClosed(Refused):
    code, status = "appeal-is-closed", 409
    title = "Обращение закрыто. Откройте его снова, и можно будет написать"


class EnoughForToday(SlowDown):
    code = "enough-for-today"
    title = "За сутки написано слишком много сообщений. Продолжите завтра или позвоните в поддержку"


class EnoughFilesForToday(SlowDown):
    code = "enough-files-for-today"
    title = "За сутки приложено слишком много файлов. Продолжите завтра"


class PaperIsRejected(Refused):
    code, status = "appeal-file-rejected", 409
    title = "Один из файлов не прошёл проверку. Уберите его и отправьте снова"


class PaperIsNotReady(Refused):
    code, status = "appeal-file-not-ready", 409
    title = "Файл ещё проверяется. Откройте его через несколько секунд"
