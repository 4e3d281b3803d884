"""Notices to people: one row for each channel, written in the transaction of the fact's reading.

The bell shows its rows; what goes out is sent by a job outside of any scope.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from core.entities.models import Entity
from core.identity.models import Principal, Session

# In a trace: the message goes together with others of its kind to the same person.
TOGETHER = "together"


class Delivery(models.Model):
    """One message to one person through one channel; `message_id` stays the same over retries.

    `paragraphs` are texts, `links` pairs (label, address), an address from `/` on being of the company's own host.
    Letters that carry secrets (`is_secret`) lose both once they are sent or given up. `reason` is why the person
    gets it («вы исполнитель»). `trace` is what the channel needs to go on: the number of a message in the chat, parts
    and price of an SMS, that a letter waits for a digest.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Ждёт отправки"
        SENT = "sent", "Отправлено"
        DELIVERED = "delivered", "Доставлено"
        UNKNOWN = "unknown", "Неизвестно"
        FAILED = "failed", "Не доставлено"

    principal = models.ForeignKey(Principal, models.CASCADE, null=True, related_name="+")
    # Its index is `delivery_of_card`.
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, default="mail")
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    paragraphs = models.JSONField(default=list)
    links = models.JSONField(default=list)
    reason = models.CharField(max_length=60, blank=True)
    is_secret = models.BooleanField(default=False)
    message_id = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    attempts = models.IntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    trace = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="delivery_waiting", fields=["principal", "id"], condition=Q(status="waiting")),
            models.Index(name="delivery_recent", fields=["-created_at"]),
            models.Index(name="delivery_of_card", fields=["entity", "-id"], condition=Q(entity__isnull=False)),
            # An answer in a chat names the message that it answers by its number.
            models.Index(
                "principal",
                KeyTransform("message", "trace"),
                name="delivery_in_chat",
                condition=Q(channel="telegram"),
            ),
            models.Index(name="bell_of_person", fields=["principal", "-id"], condition=Q(channel="bell")),
            models.Index(
                name="bell_unread", fields=["principal", "-id"], condition=Q(channel="bell", read_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_status_known",
                condition=Q(status__in=["waiting", "sent", "delivered", "unknown", "failed"]),
            ),
            models.CheckConstraint(
                name="delivery_channel_known", condition=Q(channel__in=["bell", "mail", "telegram", "sms", "push"])
            ),
        ]


class Preference(models.Model):
    """What one person wants to hear and where; the row without a principal is the company's policy.

    `choices` are kind → channel → a word of `choices.py` in the company's row, yes or no in a person's. Cards in
    `muted` are silent for the person. `chat_id` is his chat with the company's bot `chat_scope`. By `time_zone` moments
    in his notices are told (empty: as the company lives). `ladder` (of the company's row) says who hears how many
    minutes after a due moment has passed; None: nobody.
    """

    # Its index is that of `preference_once`.
    principal = models.ForeignKey(Principal, models.CASCADE, null=True, related_name="+", db_index=False)
    choices = models.JSONField(default=dict)
    mentions_only = models.BooleanField(default=False)
    muted = ArrayField(models.BigIntegerField(), default=list)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest = models.CharField(max_length=6, blank=True)
    reminders = ArrayField(models.IntegerField(), null=True)
    ladder = models.JSONField(null=True)
    chat_id = models.BigIntegerField(null=True)
    chat_scope = models.CharField(max_length=63, blank=True)
    chat_name = models.CharField(max_length=100, blank=True)
    chat_error = models.CharField(max_length=300, blank=True)
    time_zone = models.CharField(max_length=50, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="preference_once", fields=["principal"], nulls_distinct=False),
            models.CheckConstraint(name="preference_digest_known", condition=Q(digest__in=["", "hourly", "daily"])),
            models.CheckConstraint(
                name="preference_quiet_whole",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
            ),
        ]


class PushSubscription(models.Model):
    """One browser in which notices come to a person, as long as the session lives in which he has turned them on.

    `endpoint` is where the browser's own service takes messages for it; `p256dh` and `auth` are the browser's keys in
    base64url, by which nobody else can read them. `expires_at` is the session's. `error` is what the service has last
    refused.
    """

    principal = models.ForeignKey(Principal, models.CASCADE, related_name="+")
    # Sessions go by age, and their subscriptions before them: nobody looks for these by a session.
    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
    endpoint = models.CharField(max_length=1000)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(name="push_age", fields=["expires_at"])]
        constraints = [models.UniqueConstraint(name="push_endpoint_once", fields=["endpoint"])]
