"""What of each card can be searched: a table of its own, filled from facts."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from core.entities.models import Entity


class Document(models.Model):
    """The words of one card, as PostgreSQL's `russian` configuration stems them.

    `head` has number and title, `words` these and all the rest. Beside words stand marks that no text can write:
    `@tasks.task` the kind, `#152` the number (in `head`), `!смета` a word of a file's name where files are not open to
    everybody who sees the card (`rules.py`).
    """

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="+")
    head = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        # Few words wait outside the tree: each search reads all of those.
        indexes = [GinIndex(name="document_words", fields=["head", "words"], gin_pending_list_limit=512)]
