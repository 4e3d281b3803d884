"""The map of the house, read once when Django is ready. Core never imports a module by name."""

from collections.abc import Collection, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from core.access.permissions import Permission
from core.context import enabled_modules
from core.discovery import core_apps, module_codes, public_apps
from core.entities.kinds import EntityKind
from core.events.bus import Event, Reader
from core.jobs.registry import Job
from core.manifest import Module
from core.notifications.chats.registry import ChatWords
from core.notifications.kinds import Notification
from core.options.kinds import Option
from core.reads.kinds import ReadKind
from core.traits import Trait


class Registry:
    """Modules by code, traits of core, and everything they declare."""

    def __init__(self) -> None:
        self.modules: dict[str, Module] = {}
        self.traits: dict[str, Trait] = {}

    def load(self) -> None:
        """Import every trait and manifest; a module with a wrong name or an unknown dependency stops the start."""
        for app in (*core_apps(), *public_apps()):
            if find_spec(f"{app}.trait"):
                self.traits[app.rsplit(".", 1)[-1]] = import_module(f"{app}.trait").trait
        for code in module_codes():
            module = import_module(f"modules.{code}.manifest").module
            if module.code != code:
                raise LookupError(f"modules/{code}/manifest.py calls itself {module.code!r}")
            self.modules[code] = module
        for module in self.modules.values():
            if unknown := set(module.depends) - set(self.modules):
                raise LookupError(f"module {module.code!r} depends on {sorted(unknown)}, which do not exist")

    def module_order(self) -> list[str]:
        """Codes with dependencies before dependents."""
        ordered: list[str] = []

        def visit(code: str) -> None:
            for need in self.modules[code].depends:
                visit(need)
            if code not in ordered:
                ordered.append(code)

        for code in sorted(self.modules):
            visit(code)
        return ordered

    def preset_modules(self) -> list[str]:
        """What a new company begins with."""
        return [code for code in self.module_order() if self.modules[code].preset]

    def kinds(self) -> Iterator[EntityKind]:
        for trait in self.traits.values():
            yield from trait.kinds
        for module in self.modules.values():
            yield from module.entities

    def live_kinds(self, modules: Collection[str]) -> Iterator[EntityKind]:
        """Kinds of core and of those modules that a company has on."""
        for trait in self.traits.values():
            yield from trait.kinds
        for code, module in self.modules.items():
            if code in modules:
                yield from module.entities

    def kind(self, code: str) -> EntityKind | None:
        return next((kind for kind in self.kinds() if kind.code == code), None)

    def kind_of(self, code: str) -> EntityKind:
        """A kind that the code itself names; LookupError when nobody declares it."""
        kind = self.kind(code)
        if kind is None:
            raise LookupError(f"unknown kind {code}")
        return kind

    def working_modules(self, modules: Collection[str]) -> list[Module]:
        """Those of the modules that a company has on, in their order."""
        return [self.modules[code] for code in self.module_order() if code in modules]

    def templates(self) -> list[str]:
        """Codes of kinds from which other cards are made: they ask nobody, what is made from them does."""
        return [kind.code for kind in self.kinds() if kind.repeat]

    def traits_of(self, model: type) -> list[Trait]:
        return [trait for trait in self.traits.values() if trait.mixin and issubclass(model, trait.mixin)]

    def permissions(self) -> dict[str, Permission]:
        declared = [p for trait in self.traits.values() for p in trait.permissions]
        declared += [p for module in self.modules.values() for p in module.permissions]
        return {permission.code: permission for permission in declared}

    def facts(self) -> dict[str, type[Event]]:
        declared = [fact for trait in self.traits.values() for fact in trait.facts]
        declared += [fact for module in self.modules.values() for fact in module.facts]
        return {fact.kind: fact for fact in declared}

    def reads(self) -> list[ReadKind]:
        """Sorts of reading that are written down."""
        declared = [kind for trait in self.traits.values() for kind in trait.reads]
        return declared + [kind for module in self.modules.values() for kind in module.reads]

    def readers(self) -> Iterator[tuple[str | None, Reader]]:
        """(module code or None for core, reader)."""
        for trait in self.traits.values():
            yield from ((None, reader) for reader in trait.readers)
        for module in self.modules.values():
            yield from ((module.code, reader) for reader in module.readers)

    def notifications(self) -> dict[str, Notification]:
        """Everything that people may be told of, by code."""
        declared = [what for trait in self.traits.values() for what in trait.notifications]
        declared += [what for module in self.modules.values() for what in module.notifications]
        return {what.code: what for what in declared}

    def live_notifications(self, modules: Collection[str]) -> list[Notification]:
        """Those of core and of the modules that a company has on."""
        declared = [what for trait in self.traits.values() for what in trait.notifications]
        live = (module for code, module in self.modules.items() if code in modules)
        return declared + [what for module in live for what in module.notifications]

    def chat_words(self) -> list[ChatWords]:
        """What whoever writes to the bot can do in the company of the open scope, as its modules stand."""
        live = (self.modules[code] for code in self.module_order() if code in enabled_modules())
        return [module.chat for module in live if module.chat]

    def options(self) -> dict[str, Option[Any]]:
        """Everything that companies may decide for themselves, by code: core's first, then as modules stand."""
        return {what.code: what for what in self._options(self.modules)}

    def live_options(self) -> dict[str, Option[Any]]:
        """Those of core and of the modules that the company of the open scope has on."""
        return {what.code: what for what in self._options(enabled_modules())}

    def _options(self, modules: Collection[str]) -> Iterator[Option[Any]]:
        for trait in self.traits.values():
            yield from trait.options
        for code in self.module_order():
            if code in modules:
                yield from self.modules[code].options

    def jobs(self) -> dict[str, tuple[str | None, Job]]:
        found: dict[str, tuple[str | None, Job]] = {}
        for trait in self.traits.values():
            found |= {job.code: (None, job) for job in trait.jobs}
        for module in self.modules.values():
            found |= {job.code: (module.code, job) for job in module.jobs}
        return found


registry = Registry()
