"""What operators may do, by role. All but the last are no permissions of a company: nobody there can be given them."""

from core.access.permissions import Permission, company_wide

from .models import Operator

LOOK = company_wide("console.look", "Смотреть компании, здоровье и журнал; входить по согласию компании")
ANSWER = company_wide("console.answer", "Отвечать на обращения")
ACT = company_wide("console.act", "Приостанавливать, продлевать, переименовывать, переключать модули, объявлять")
RULE = company_wide("console.rule", "Менять тарифы и операторов")
# This one is of a company: whoever holds it lets the support in.
LET_SUPPORT_IN = company_wide("console.support", "Открывать и закрывать доступ поддержке")

_GIVES: dict[str, tuple[Permission, ...]] = {
    Operator.Role.SUPPORT: (LOOK, ANSWER),
    Operator.Role.OPERATOR: (LOOK, ANSWER, ACT),
    Operator.Role.CHIEF: (LOOK, ANSWER, ACT, RULE),
}


def given_by(role: str) -> tuple[Permission, ...]:
    """What a role lets an operator do."""
    return _GIVES[role]
