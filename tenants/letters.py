"""Letters of the control plane: the sign-up code and the list of one's companies."""

from django.conf import settings
from django.utils import timezone

from core.context import control_scope
from core.language.quotes import quoted
from core.mail import Letter, send

from .memberships import companies_of
from .models import ControlLetter
from .signup import code_of, host_of


def send_letter(company: None, letter_id: int) -> None:
    """Send one control letter; sending again after a crash repeats it under the same Message-ID."""
    with control_scope():
        row = ControlLetter.objects.select_related("sign_up").filter(pk=letter_id, sent_at__isnull=True).first()
        letter = _compose(row) if row else None
    if letter is None:
        return
    send(letter)
    with control_scope():
        ControlLetter.objects.filter(pk=letter_id).update(sent_at=timezone.now())


def _compose(row: ControlLetter) -> Letter:
    key = f"control-{row.pk}"
    if row.kind == ControlLetter.Kind.CODE:
        if row.sign_up is None:
            raise LookupError(f"letter {row.pk} has lost its sign-up")
        code = code_of(row.sign_up)
        return Letter(
            to=row.email,
            subject=f"{code} — код для входа в Пульт",
            paragraphs=(
                f"Ваш код: {code}",
                f"Он для компании {quoted(row.sign_up.company_name)} с адресом {host_of(row.sign_up.slug)}: "
                "введите его на странице регистрации, и она будет готова.",
                "Код действует 30 минут. Если вы не регистрировали такую компанию, ничего делать не нужно: "
                "без кода она не появится. Никому его не сообщайте.",
            ),
            key=key,
        )
    found = companies_of(row.email)
    links = tuple((company.name, f"{_url(company.slug)}/") for company in found)
    lines = ("Вот компании, в которые вы можете войти с этим адресом:",) if found else (
        "С этим адресом нет ни одной компании. Проверьте, не писали ли вам на другой адрес,",
        f"или зарегистрируйте компанию: {settings.PUBLIC_URL}/",
    )  # fmt: skip
    return Letter(to=row.email, subject="Ваши компании в Пульте", paragraphs=lines, links=links, key=key)


def _url(slug: str) -> str:
    return f"{settings.PUBLIC_SCHEME}://{host_of(slug)}"
