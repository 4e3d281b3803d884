"""The first page of the outside world: what stands here and what trouble is ordered."""

from html import escape
from string import Template

from infra.sandbox.exchange import Response
from infra.sandbox.faults import Faults
from infra.sandbox.mail.mailbox import Mailbox
from infra.sandbox.mail.pages import HTML, PAGE_POLICY
from infra.sandbox.morpher.server import KEY as MORPHER_KEY
from infra.sandbox.s3.store import Store

SERVICE_TITLES = {"mail": "Почта", "s3": "Хранилище", "telegram": "Telegram", "sms": "SMS", "webpush": "Браузер",
                  "stripe": "Оплата картой", "morpher": "Морфер"}  # fmt: skip
PAGE = Template("""<!doctype html>
<html lang="ru">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Внешний мир · демо-режим</title>
  <link rel="stylesheet" href="/sandbox.css">
</head>
<body>
  <header class="bar"><h1>Внешний мир</h1><span class="tag">демо-режим</span></header>
  <main class="world">
    <p class="lead">Здесь стоят двойники внешних служб. Программа говорит с ними теми же словами, что и с настоящими;
      наружу ничего не уходит.</p>
    <section>
      <h2><a href="/mail/">Почтовый ящик</a></h2>
      <p>Все письма на любые адреса. Принято писем: $letters.</p>
      <p class="quiet">SMTP: <code>$smtp</code> · JSON: <code>/mail/messages?to=адрес</code></p>
    </section>
    <section>
      <h2><a href="/phone/">Телефон</a></h2>
      <p><a href="/telegram/">Telegram</a> с кнопками ботов, сообщений: $chats. <a href="/sms/">SMS</a>: $sms.
        <a href="/webpush/">Уведомления браузера</a>: $pushes.</p>
      <p class="quiet">JSON: <code>/telegram/messages?chat=номер</code>, <code>/sms/messages?to=телефон</code>,
        <code>/webpush/messages?browser=номер</code></p>
    </section>
    <section>
      <h2>Хранилище файлов</h2>
      <p>S3-совместимое: проверяет подписи, сроки, размеры и допустимые ключи.</p>
      $buckets
      <p class="quiet">Адрес для клиента: <code>$endpoint</code></p>
    </section>
    <section>
      <h2>Оплата картой</h2>
      <p>Касса с пробными картами: страницу оплаты открывает «Тариф и оплата» компании. Подписок: $subscriptions.</p>
    </section>
    <section>
      <h2>Морфер</h2>
      <p>Склоняет слова. Ключ для «Настройки → Слова и падежи»: <code>$morpher</code></p>
    </section>
    <section>
      <h2>Неполадки</h2>
      $faults
      <p class="quiet">Заказать: <code>POST /faults {"service": "mail", "mode": "fail", "count": 3}</code>,
        снять все: <code>DELETE /faults</code></p>
    </section>
  </main>
</body>
</html>
""")


def index_page(
    store: Store, mailbox: Mailbox, told: tuple[int, int, int, int], faults: Faults, endpoint: str, smtp: str
) -> Response:
    """The page; reads the disk. `told` is how much was said in Telegram, by SMS, in browsers, and sold."""
    text = PAGE.substitute(
        letters=mailbox.count(),
        chats=told[0],
        sms=told[1],
        pushes=told[2],
        subscriptions=told[3],
        morpher=MORPHER_KEY,
        smtp=escape(smtp),
        endpoint=escape(endpoint),
        buckets=_buckets(store),
        faults=_faults(faults),
    )
    headers = {"content-type": HTML, "content-security-policy": PAGE_POLICY, "cache-control": "no-store"}
    return Response(headers=headers, body=text.encode())


def _buckets(store: Store) -> str:
    rows = [
        f'<tr><td>{escape(name)}</td><td class="number">{count}</td><td class="number">{_megabytes(size)}</td></tr>'
        for name, _, count, size in store.index.buckets()
    ]
    if not rows:
        return '<p class="quiet">Корзин пока нет.</p>'
    head = '<tr><th>Корзина</th><th class="number">Файлов</th><th class="number">Объём, МБ</th></tr>'
    return f"<table>{head}{''.join(rows)}</table>"


def _faults(faults: Faults) -> str:
    rows = [
        f"<tr><td>{SERVICE_TITLES[str(fault['service'])]}</td><td>{fault['title']}</td><td>{_extent(fault)}</td></tr>"
        for fault in faults.active()
    ]
    if not rows:
        return "<p>Всё исправно.</p>"
    return f"<table><tr><th>Служба</th><th>Что происходит</th><th>Осталось</th></tr>{''.join(rows)}</table>"


def _extent(fault: dict[str, object]) -> str:
    if fault["seconds"] is not None:
        return f"{fault['seconds']} с"
    return f"вызовов: {fault['count']}"


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")
