"""The product's settings with one more migration of tasks, as the code of a coming version would bring it."""

from infra.settings import *  # noqa: F403

MIGRATION_MODULES = {"tasks": "infra.benchmarks.release.migrations"}
