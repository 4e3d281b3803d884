"""What access may refuse."""

from core.errors import Forbidden, Refused


class LastOwner(Refused):
    code, status, title = "last-owner", 409, "Это последний владелец компании. Сначала назначьте владельцем кого-то ещё"


class OwnersOnly(Refused):
    code, status, title = "owners-only", 403, "Это может сделать только владелец компании. Обратитесь к нему"


class AdminsOnly(Refused):
    code, status, title = "admins-only", 403, "Владельца и администратора блокирует и меняет только администратор"


class AlmightyRole(Refused):
    code, status, title = "role-almighty", 409, "Эта роль всегда даёт все права. Создайте другую роль и настройте её"


class SystemRole(Refused):
    code, status, title = "role-system", 409, "Встроенную роль удалить нельзя. Её можно просто не выдавать"


class RoleInUse(Refused):
    code, status, title = "role-in-use", 409, "Роль ещё используется. Выдайте этим людям другую и удалите её"


class RoleTaken(Refused):
    code, status, title = "role-taken", 409, "Роль с таким названием уже есть. Назовите её иначе"


class DraftOfAnother(Forbidden):
    code = "draft-of-another"
    title = "Это чужой черновик: его можно прочитать и обсудить, а меняет его автор. Напишите ему в комментарии"
