"""Counters of card numbers: the row is locked by whoever takes the next one."""

from django.db import models


class NumberCounter(models.Model):
    kind = models.CharField(max_length=60, primary_key=True)
    prefix = models.CharField(max_length=20)
    last = models.BigIntegerField(default=0)
