"""Words by which a company sorts cards of any kind («метки»)."""

from django.db import models
from django.db.models.functions import Lower

from core.entities.models import Entity


class Tag(models.Model):
    """One word of the company, the same for cards of all kinds; whatever its case there is one of it."""

    title = models.CharField(max_length=60)
    color = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("title"), name="tag_title_once")]

    def __str__(self) -> str:
        return self.title


class Tagging(models.Model):
    """A card carries a tag."""

    pk = models.CompositePrimaryKey("tag_id", "entity_id")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+", db_index=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+")
