"""What of each card can be searched: a table of its own, filled from facts."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from core.entities.models import Entity


class Document(models.Model):
    """The words of one card, stemmed by PostgreSQL's `russian` configuration and as they are.

    Beside them stand marks that no text can write (`rules.py`): `@tasks.task` the kind, `#152` the number, `^насос`
    a word of number or title, `!смета` a word of a file's name where files are not open to all who see the card.
    """

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        # Few words wait outside the tree: each search reads all of those.
        indexes = [GinIndex(name="document_words", fields=["words"], gin_pending_list_limit=512)]
