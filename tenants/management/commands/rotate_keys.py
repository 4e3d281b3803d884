"""Bring all encrypted values under the first master key of FIELD_KEY."""

from django.core.management.base import BaseCommand, CommandError

from core.crypto import current_number
from tenants.keys.rotation import rotate, standing


class Command(BaseCommand):
    help = "Encrypts all secrets anew under the first key of FIELD_KEY; people go on working. May be repeated."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--show", action="store_true", help="only count what stands under which key")

    def handle(self, *args, **options) -> None:
        if not options["show"]:
            done = rotate(self.stdout.write)
            self.stdout.write(f"Зашифровано заново: {done.done}.")
            if done.lost:
                lines = "\n".join(f"  ✗ {place}" for place in done.lost[:20])
                raise CommandError(
                    f"Не открываются ни одним ключом из FIELD_KEY: {len(done.lost)}.\n{lines}\n"
                    "Верните в FIELD_KEY ключ, которым они зашифрованы, и повторите команду."
                )
        self._show()

    def _show(self) -> None:
        found = standing()
        for number, count in sorted(found.items()):
            name = f"ключ {number}" if number else "неизвестный вид"
            self.stdout.write(f"  {name}: значений {count}")
        left = sorted(number for number in found if number not in (0, current_number()))
        if left:
            self.stdout.write("Прежние ключи ещё нужны: " + ", ".join(map(str, left)))
        else:
            self.stdout.write(
                "В базе прежние ключи больше не нужны. Храните их, пока хранятся копии, сделанные с ними."
            )
