"""Cards by Stripe: a subscription there pays by itself, we read what has become of it."""

from decimal import Decimal

from billing.actions.cards import may_change, note_customer, note_session, set_out
from billing.card import paying
from billing.card.client import is_offered
from billing.card.syncing import shut_pages, sync
from billing.errors import PaidMeanwhile
from billing.models import Subscription
from billing.queries import ZONE, held_of, owes_there, read_wish, subscription_of, today
from billing.rules.card import TRIALING
from billing.rules.offers import ZERO, Choice, end_of, lines_of, price_of, yearly_discount
from billing.rules.prices import Quote
from core.context import control_scope

from .base import Asked, Begun


class CardProvider:
    """One customer for a company, one subscription at a time."""

    code = Subscription.By.CARD.value

    def is_offered(self) -> bool:
        return is_offered()

    def preview(self, asked: Asked) -> Quote:
        """As the provider itself counts: unused days are evened out to the second. While it waits for its first money
        nothing is taken now, and it names no days of what comes then."""
        with control_scope():
            account, wanted = may_change(asked.company.schema, asked.wish, by=asked.by)
            row = subscription_of(asked.company.id)
            choice = read_wish(row, asked.wish, today())
        if choice == held_of(row).choice or account.status == TRIALING:
            return _next_period(row, choice, account.credit)
        counted = paying.preview(account.customer, account.subscription, wanted)
        return Quote(
            wanted=choice,
            begins=counted.begins.astimezone(ZONE).date(),
            until=counted.ends.astimezone(ZONE).date(),
            price=sum((line.total for line in counted.lines), ZERO),
            unused=counted.unused,
            credit=counted.credit,
            charge=counted.charge,
            credit_after=counted.credit_after,
            discount=yearly_discount(choice),
            is_renewal=False,
            lines=counted.lines,
        )

    def begin(self, asked: Asked) -> Begun:
        """An address where the card is given. Those of before are shut first, so that nobody pays twice."""
        schema = asked.company.schema
        with control_scope():
            is_moving = owes_there(asked.company.id)
        if shut_pages(schema) or is_moving:
            # One of them may have been paid a moment ago: then there is nothing more to begin.
            sync(schema)
        with control_scope():
            begun = set_out(schema, asked.wish, by=asked.by, is_offered=self.is_offered())
        customer = begun.customer
        if not customer:
            customer = paying.new_customer(schema, begun.name, asked.email)
            with control_scope():
                note_customer(schema, customer)
        key = f"{schema}:checkout:{begun.number}"
        offered = paying.begin(customer, begun.wanted, schema=schema, key=key, back=asked.back, starts=begun.starts)
        with control_scope():
            is_fresh = note_session(begun.number, offered.session)
        # Of two that set out at the same moment at least one sees the other here.
        shut_pages(schema, but=offered.session if is_fresh else "")
        if not is_fresh:
            raise PaidMeanwhile()
        return Begun(url=offered.url)

    def change(self, asked: Asked) -> None:
        """Another choice at once; a bank that refuses leaves everything as it was."""
        schema = asked.company.schema
        with control_scope():
            account, wanted = may_change(schema, asked.wish, by=asked.by)
        # The same change asked for twice before it was read is made once; after that it changes nothing.
        named = ",".join(f"{one.key}*{one.count}" for one in wanted)
        paying.change(account.subscription, wanted, key=f"{schema}:change:{account.applied}:{named}")
        sync(schema)


def _next_period(row: Subscription, choice: Choice, credit: Decimal) -> Quote:
    """What the card pays by itself on its day; `credit` is what the provider holds for that. Nothing is taken today."""
    held = held_of(row)
    begins, price = max(held.paid_until or held.trial_until, held.trial_until), price_of(choice)
    return Quote(
        wanted=choice,
        begins=begins,
        until=end_of(choice.period, begins),
        price=price,
        unused=ZERO,
        credit=credit,
        charge=max(price - credit, ZERO),
        credit_after=max(credit - price, ZERO),
        discount=yearly_discount(choice),
        is_renewal=choice == held.choice,
        waits=True,
        lines=tuple(lines_of(choice)),
    )
