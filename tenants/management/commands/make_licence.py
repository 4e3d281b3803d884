"""For us who sell: `make_licence --new-key` once, then a licence for each own server, signed by the kept key."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tenants.licensing.rules import Licence, new_pair, signed


class Command(BaseCommand):
    help = "Makes a licence file of an own server, or the pair of keys that licences are signed by."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="write a new private key, print the public one"
        )
        parser.add_argument("--key", type=Path, help="file with the private key")
        parser.add_argument("--number", default="")
        parser.add_argument("--holder", default="")
        parser.add_argument("--seats", type=int, help="people who may sign in; without: any number")
        parser.add_argument("--module", action="append", help="code of a module, once for each; without: all")
        parser.add_argument("--host", default="", help="where the only server that it is for is opened; without: any")
        parser.add_argument("--begins", type=date.fromisoformat, default=None)
        parser.add_argument("--until", type=date.fromisoformat, help="the last day")
        parser.add_argument("--out", type=Path, help="where the licence is written")

    def handle(self, *args, **options) -> None:
        if options["new_key"]:
            self._make_key(options["new_key"])
            return
        if missing := [name for name in ("key", "number", "holder", "until", "out") if not options[name]]:
            raise CommandError(f"Нужны ещё: {', '.join('--' + name for name in missing)}")
        licence = Licence(
            number=options["number"],
            holder=options["holder"],
            seats=options["seats"],
            modules=tuple(options["module"]) if options["module"] else None,
            begins=options["begins"] or date.today(),
            until=options["until"],
            host=options["host"],
        )
        options["out"].write_text(signed(licence, options["key"].read_text().strip()), encoding="utf-8")
        self.stdout.write(f"{options['out']}: {licence.holder}, до {licence.until:%d.%m.%Y}")

    def _make_key(self, path: Path) -> None:
        if path.exists():
            raise CommandError(f"{path} уже есть: ключ не перезаписывается, по нему подписаны лицензии")
        private, public = new_pair()
        path.touch(mode=0o600)
        path.write_text(private + "\n")
        self.stdout.write(f"LICENCE_PUBLIC_KEY={public}")
