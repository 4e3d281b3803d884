"""Loads the map of the house once Django has all models."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        # The registry imports models, so it can be imported only now.
        import_module("core.registry").registry.load()
