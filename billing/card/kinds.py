"""What of all that the provider tells concerns us. Each asks for the same: to read the customer anew."""

HANDLED = frozenset(
    (
        "checkout.session.completed",
        "checkout.session.expired",
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "customer.subscription.paused",
        "customer.subscription.resumed",
        "customer.updated",
        "invoice.paid",
        "invoice.payment_failed",
        "invoice.payment_action_required",
        "invoice.voided",
        "invoice.marked_uncollectible",
        "payment_method.attached",
        "payment_method.detached",
        "payment_method.updated",
        "charge.refunded",
        "charge.dispute.created",
    )
)
