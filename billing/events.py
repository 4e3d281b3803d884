"""Facts about what a company pays for, said inside the company itself."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class PlanChanged(Event):
    """Another plan, period, number of seats or add-on holds from now on."""

    kind: ClassVar[str] = "billing.plan_changed"
    title: ClassVar[str] = "изменил(а) тариф"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StageChanged(Event):
    """The subscription has come into another part of its life."""

    kind: ClassVar[str] = "billing.stage_changed"
    title: ClassVar[str] = "сообщает о подписке"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class InvoiceIssued(Event):
    """An invoice was made out; `number` as it is printed."""

    kind: ClassVar[str] = "billing.invoice_issued"
    title: ClassVar[str] = "выставил(а) счёт"
    number: str = ""
    total: str = ""


@dataclass(frozen=True)
class PaymentCame(Event):
    """Money has come and waits for nothing; `number` is the invoice's."""

    kind: ClassVar[str] = "billing.payment_came"
    title: ClassVar[str] = "сообщает об оплате"
    number: str = ""
    total: str = ""


@dataclass(frozen=True)
class TrialExtended(Event):
    """The service has given the company more days for nothing."""

    kind: ClassVar[str] = "billing.trial_extended"
    title: ClassVar[str] = "продлил(а) пробный период"
    changes: tuple[Change, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class CeilingSet(Event):
    """How much may be spent on something metered in a month; the changed field is the code of the meter."""

    kind: ClassVar[str] = "billing.ceiling_set"
    title: ClassVar[str] = "изменил(а) предел расходов"
    changes: tuple[Change, ...] = ()
