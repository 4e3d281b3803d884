"""What people say about a card."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.entities.models import Entity
from core.identity.models import Principal


class Comment(models.Model):
    """Text as typed, with mentions as `@[<employee id>]`; `mentions` are principals who existed and worked then.

    Deleted ones keep their place, not their words.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    text = models.TextField()
    mentions = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="comment_of_entity", fields=["entity", "id"], condition=Q(deleted_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_has_words_or_is_deleted", condition=~Q(text="") | Q(deleted_at__isnull=False)
            ),
        ]
