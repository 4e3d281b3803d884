"""What a company has decided otherwise than the product does by itself."""

from django.db import models


class OptionValue(models.Model):
    """The company's value of a declared option; without a row the option's default stands."""

    code = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.code
