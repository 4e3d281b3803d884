"""Templates by which cards are printed, words that people have put right, pictures of stamps and signatures."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal
from core.language.cases import Case


class PrintTemplate(models.Model):
    """A Word, Excel or HTML file with marks, for cards of a kind, or of one type of it.

    `content` is the file in base64: a template is a setting of a megabyte at most, kept, copied and taken out with the
    others, not a file of a card. `marks` are those that were found in it, as `core.templates.work` tells them.
    """

    class Form(models.TextChoices):
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        HTML = "html", "HTML"

    kind = models.CharField(max_length=60)
    card_type = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=4, choices=Form)
    file_name = models.CharField(max_length=255)
    content = models.TextField()
    marks = models.JSONField(default=list)
    author = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="print_template_form_known", condition=Q(form__in=["docx", "xlsx", "html"])),
        ]
        indexes = [models.Index(name="print_template_of_kind", fields=["kind", "card_type", "id"])]

    def __str__(self) -> str:
        return self.title


class Wording(models.Model):
    """How a phrase reads in a case. `key` is the phrase folded; what a person has put right no service overwrites."""

    class Source(models.TextChoices):
        PERSON = "person", "Исправлено человеком"
        MORPHER = "morpher", "Морфер"

    phrase = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    case = models.CharField(max_length=12, choices=[(case.value, case.value) for case in Case])
    form = models.CharField(max_length=300)
    source = models.CharField(max_length=7, choices=Source, default=Source.PERSON)
    author = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="wording_once", fields=["key", "case"]),
            models.CheckConstraint(name="wording_source_known", condition=Q(source__in=["person", "morpher"])),
        ]


class Facsimile(models.Model):
    """A picture of the company's stamp (nobody's), or of somebody's signature, a PNG in base64.

    It stands on PDFs of what was approved and is no electronic signature; the page beside it says so.
    """

    principal = models.OneToOneField(Principal, models.PROTECT, null=True, related_name="+")
    content = models.TextField()
    width_mm = models.SmallIntegerField(default=35)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="facsimile_one_stamp", fields=["principal"], nulls_distinct=False),
            models.CheckConstraint(name="facsimile_width", condition=Q(width_mm__range=(10, 80))),
        ]
