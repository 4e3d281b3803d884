"""Some tests of processes commit for real."""

from tests.support.committed import committed  # noqa: F401  (a fixture)
