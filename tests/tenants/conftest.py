"""Tests of the registry commit for real."""

from tests.support.committed import committed  # noqa: F401  (a fixture)
