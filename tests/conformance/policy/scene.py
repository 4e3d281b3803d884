"""A small company with one caller of each sort, and objects made for the call at hand."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from core.access.actions import create_role
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.acknowledgements.models import Acknowledgement
from core.attachments.models import Attachment
from core.checklists.actions import add_points
from core.comments.models import Comment
from core.context import Company, company_scope, control_scope
from core.entities import trash
from core.identity.models import Principal, Session, User
from core.identity.names import read_full_name
from core.identity.secrets import digest, new_secret
from core.links.models import EntityLink
from core.links.rules import tie
from core.organization.actions import block_employee, hire
from core.organization.models import Employee
from core.organization.structure.actions import create_department, create_position
from core.recurrence.actions import set_plan
from core.recurrence.rules import Every, Plan
from core.registry import registry
from core.storage import CompanyStore
from modules.tasks.actions import create_task
from modules.tasks.actions.templates import create_template
from modules.tasks.models import Task
from tenants.actions import change_logo
from tenants.memberships import remember
from tenants.models import CompanyCopy
from tenants.snapshots import find, snapshot_of
from tests.support.client import Api

PASSWORD = "policy-person-1"


@dataclass
class Somebody:
    """One person of the scene with his ways in."""

    company: Company
    id: int
    principal: int
    user: int
    session: int
    email: str
    token: str
    cookie: str

    def actor(self) -> Actor:
        return actor_of_principal(Principal.objects.get(pk=self.principal), door="screen", user_id=self.user)


@dataclass
class Scene:
    company: Company
    people: dict[str, Somebody] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    position: int = 0

    def client(self, caller: str, *, by_cookie: bool = False) -> Api:
        """How a caller comes to the company's host."""
        if caller == "anonymous":
            return Api(self.company)
        who = self.people[caller]
        return Api(self.company, cookie=who.cookie) if by_cookie else Api(self.company, token=who.token)

    def inside(self, make: Callable[[], Any]) -> Any:
        with company_scope(self.company):
            return make()

    def card(self, caller: str, relation: str) -> int:
        """The employee card that stands so to the caller."""
        named = {"own": caller, "department": "colleague", "other": "seller"}[relation]
        return self.people[named if named in self.people and named != "anonymous" else "seller"].id

    def task(self, caller: str, relation: str, *, in_trash: bool = False) -> int:
        """A new task that stands so to the caller."""
        author, assignee, watchers = {
            "initiator": (caller, "colleague", ()),
            "assignee": ("colleague", caller, ()),
            "watcher": ("seller", "trader", (caller,)),
            "department": ("colleague", "neighbour", ()),
            "other": ("seller", "trader", ()),
        }[relation]
        with company_scope(self.company):
            by = self.people[author].actor()
            task = create_task(
                title="Проверка прав",
                assignee=self.people[assignee].principal,
                watchers=[self.people[who].principal for who in watchers],
                by=by,
            )
            return trash.trash(task, by=by).pk if in_trash else task.pk

    def template(self, caller: str, relation: str, *, before: str = "") -> int:
        """A new template of tasks that stands so to the caller; `before`: planned, trashed, asked (to read it)."""
        author, assignee = {
            "own": (caller, "colleague"),
            "assigned": ("colleague", caller),
            "department": ("colleague", "neighbour"),
            "other": ("seller", "trader"),
        }[relation]
        with company_scope(self.company):
            by = self.people[author].actor()
            template = create_template(title="Обход", assignees=[self.people[assignee].principal], by=by)
            if before == "planned":
                plan = Plan(Every.DAYS, timezone.localdate())
                kind = registry.kind_of(template.kind)
                set_plan(template, kind, plan=plan, catch_up="latest", one_open=False, most=None, by=by)
            if before == "trashed":
                trash.trash(template, by=by)
        if before == "asked":
            self.ask_to_read(caller, template.pk)
        return template.pk

    def _belonging(self, caller: str, relation: str) -> tuple[int, int]:
        """A task and the principal whose comment or file lies on it."""
        on = {"mine": "initiator", "watched": "watcher", "department": "department", "other": "other"}[relation]
        author = {"mine": caller, "watched": "seller", "department": "colleague", "other": "seller"}[relation]
        return self.task(caller, on), self.people[author].principal

    def comment(self, caller: str, relation: str) -> int:
        task, author = self._belonging(caller, relation)
        return self.inside(lambda: Comment.objects.create(entity_id=task, author_id=author, text="Слово").pk)

    def comment_on_person(self, whose: str, author: str) -> int:
        """Words of somebody on the card of a person."""
        on, by = self.people[whose].id, self.people[author].principal
        return self.inside(lambda: Comment.objects.create(entity_id=on, author_id=by, text="Слово").pk)

    def point(self, caller: str, relation: str, *, given: bool = False) -> int:
        """A point on a task, by somebody who answers for it; `given` to the caller himself."""
        on = {"mine": "initiator", "watched": "watcher", "department": "department", "other": "other"}[relation]
        task = self.task(caller, on)
        author = {"mine": caller, "watched": "seller", "department": "colleague", "other": "seller"}[relation]
        assignee = self.people[caller].principal if given else None
        fields = {"text": "Осмотр", "assignee_id": assignee}

        def make() -> int:
            card = Task.objects.get(pk=task)
            kind = registry.kind_of(Task.KIND)
            return add_points(card, kind, points=[fields], by=self.people[author].actor())[0].pk

        return self.inside(make)

    def ask_to_read(self, caller: str, card: int) -> None:
        """Put the caller into a card's reading list; that alone shows him nothing."""
        who = self.people[caller].principal
        self.inside(lambda: Acknowledgement.objects.create(entity_id=card, principal_id=who, asked_by_id=who))

    def reader(self, caller: str, relation: str) -> int:
        """A line of a task's reading list: «trader» is asked and has not read it."""
        task, author = self._belonging(caller, relation)
        row = {"entity_id": task, "principal_id": self.people["trader"].principal, "asked_by_id": author}
        return self.inside(lambda: Acknowledgement.objects.create(**row).pk)

    def link(self, caller: str, relation: str) -> int:
        """A link of a task with the card of «trader», whom everybody sees."""
        task, author = self._belonging(caller, relation)
        between = tie(task, "related", self.people["trader"].id)
        return self.inside(lambda: EntityLink.objects.create(author_id=author, **asdict(between)).pk)

    def file(self, caller: str, relation: str, state: str = "ready") -> int:
        task, author = self._belonging(caller, relation)
        return self.inside(lambda: self._attached(task, author, state))

    def file_of_person(self, card: int, *, is_photo: bool = False) -> int:
        """A file that the owner has put on an employee's card, maybe as his photo."""

        def make() -> int:
            made = self._attached(card, self.people["owner"].principal, "ready")
            if is_photo:
                Employee.objects.filter(pk=card).update(photo_id=made)
            return made

        return self.inside(make)

    def _attached(self, card: int, author: int, state: str) -> int:
        made = Attachment(
            entity_id=card, author_id=author, name="план.pdf", size=5, content_type="application/pdf",
            state=state, storage_key=CompanyStore(self.company.schema).new_key(),
        )  # fmt: skip
        made.save()
        return made.pk

    def logo(self) -> str:
        """The company's logo; its version."""
        key = CompanyStore(self.company.schema).new_key()
        owner = self.inside(self.people["owner"].actor)
        with control_scope():
            row = change_logo(self.company.schema, key=key, by=owner)
        return snapshot_of(row).logo_version

    def copy(self) -> int:
        """A nightly copy of the company."""
        with control_scope():
            told = {"company_id": self.company.id, "made_at": timezone.now(), "checked_at": timezone.now(), "rows": 1,
                    "size": 1, "export_size": 1, "last_fact": 1, "version": 1}  # fmt: skip
            keys = (CompanyStore(self.company.schema).new_copy_key() for _ in range(2))
            return CompanyCopy.objects.create(copy_key=next(keys), export_key=next(keys), **told).pk

    def role(self) -> str:
        """A role of the company's own that nobody holds."""
        return self.inside(lambda: create_role(title="Лишняя", grants=[], by=self.people["owner"].actor()).code)

    def department(self) -> int:
        return self.inside(lambda: create_department(title="Пустой", by=self.people["owner"].actor()).pk)

    def spare_position(self) -> int:
        return self.inside(lambda: create_position(title="Лишняя", by=self.people["owner"].actor()).pk)


def build() -> Scene:
    """The scene's lasting people and places; inside the test's own transaction."""
    company, other = find(host="alfa.localhost"), find(host="beta.localhost")
    assert company and other
    scene = Scene(company)
    hashed = make_password(PASSWORD)
    scene.people["owner"] = _founder(company, hashed)
    scene.people["foreign"] = _founder(other, hashed)
    with company_scope(company):
        by = scene.people["owner"].actor()
        factory = create_department(title="Завод", by=by)
        shop = create_department(title="Цех", parent=factory.pk, by=by)
        sales = create_department(title="Продажи", by=by)
        scene.places = {"factory": factory.pk, "shop": shop.pk, "sales": sales.pk}
        scene.position = create_position(title="Сварщик", by=by).pk
        for name, role, place in (
            ("employee", "employee", shop), ("colleague", "employee", shop), ("neighbour", "employee", shop),
            ("blocked", "employee", shop), ("head", "head", factory), ("seller", "employee", sales),
            ("trader", "employee", sales), ("admin", "admin", None),
        ):  # fmt: skip
            scene.people[name] = _hired(company, name, role, place and place.pk, hashed)
        block_employee(Employee.objects.get(pk=scene.people["blocked"].id), by=by)
    with control_scope():
        for who in scene.people.values():
            remember(company.id, who.email)
    return scene


def _hired(company: Company, name: str, role: str, place: int | None, hashed: str) -> Somebody:
    employee = hire(
        name=read_full_name(f"Правов {name.title()}"), email=f"{name}@policy.example", password_hash=hashed,
        email_verified=True, role_code=role, department_id=place,
    )  # fmt: skip
    return _signed_in(company, User.objects.get(principal=employee.principal), employee.pk)


def _founder(company: Company, hashed: str) -> Somebody:
    with company_scope(company):
        user = User.objects.select_related("principal__employee").get(email=f"owner@{company.slug}.example")
        User.objects.filter(pk=user.pk).update(password=hashed)
        return _signed_in(company, user, user.principal.employee.pk)


def _signed_in(company: Company, user: User, employee: int) -> Somebody:
    secrets = {kind: new_secret() for kind in ("token", "browser")}
    made = {
        kind: Session.objects.create(
            user=user, kind=kind, secret_hash=digest(secret), last_seen_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )
        for kind, secret in secrets.items()
    }  # fmt: skip
    return Somebody(
        company, employee, user.principal_id, user.pk, made["browser"].pk, user.email, secrets["token"],
        secrets["browser"],
    )  # fmt: skip
