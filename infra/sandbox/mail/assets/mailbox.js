// The mailbox page: a list that refreshes itself and one open letter. State lives in the address.
const PAUSE = 2000;
const address = new URL(location.href);
const list = document.getElementById("list");
const pane = document.getElementById("letter");
const field = document.getElementById("to");
const state = document.getElementById("state");
const time = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

let letters = [];
let opened = Number(address.searchParams.get("id")) || null;
let round = 0;
field.value = address.searchParams.get("to") ?? "";

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function remember() {
  const query = new URLSearchParams();
  if (field.value.trim()) query.set("to", field.value.trim());
  if (opened) query.set("id", opened);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

function moment(letter) {
  const at = new Date(letter.received_at);
  return at.toDateString() === new Date().toDateString() ? time.format(at) : day.format(at);
}

function drawList() {
  document.title = `${letters.length ? `(${letters.length}) ` : ""}Почтовый ящик · демо-режим`;
  if (!letters.length) {
    const words = field.value.trim()
      ? "На этот адрес писем не было."
      : "Писем пока нет. Сюда придёт всё, что программа отправит по почте.";
    list.replaceChildren(make("p", { className: "empty", textContent: words }));
    return;
  }
  list.replaceChildren(...letters.map(drawRow));
}

function drawRow(letter) {
  const head = make("span", { className: "head" },
    make("span", { className: "to", textContent: letter.to.join(", ") }),
    make("time", { dateTime: letter.received_at, textContent: moment(letter) }));
  const row = make("button", { className: "row", type: "button", onclick: () => open(letter.id) }, head,
    make("span", { className: "subject", textContent: letter.subject || "Без темы" }),
    make("span", { className: "preview", textContent: letter.text.slice(0, 160) }));
  row.dataset.id = letter.id;
  row.setAttribute("aria-current", String(letter.id === opened));
  return row;
}

function open(id) {
  opened = id;
  remember();
  for (const row of list.querySelectorAll(".row")) row.setAttribute("aria-current", String(Number(row.dataset.id) === id));
  drawLetter();
  pane.focus({ preventScroll: true });
}

function drawLetter() {
  const letter = letters.find((one) => one.id === opened);
  document.body.classList.toggle("reading", Boolean(letter));
  if (!letter) {
    pane.replaceChildren(make("p", { className: "empty", textContent: letters.length ? "Выберите письмо слева." : "" }));
    return;
  }
  const facts = make("dl");
  const tell = (name, value) => value && facts.append(make("dt", { textContent: name }), make("dd", { textContent: value }));
  tell("Кому", letter.to.join(", "));
  tell("От кого", letter.from);
  tell("Получено", day.format(new Date(letter.received_at)));
  tell("Вложения", letter.attachments.map((one) => one.name || one.content_type).join(", "));
  const back = make("button", { className: "button back", type: "button", textContent: "К списку", onclick: () => open(null) });
  const about = make("div", { className: "about" }, back, make("h2", { textContent: letter.subject || "Без темы" }), facts);
  const body = make("div");
  pane.replaceChildren(about, drawTabs(letter, body), body);
}

function drawTabs(letter, place) {
  const views = [];
  if (letter.html) views.push(["Письмо", () => frame(letter)]);
  if (letter.text || !letter.html) views.push(["Текст", () => linked(letter.text)]);
  views.push(["Исходник", () => source(letter)]);
  const tabs = make("div", { className: "tabs" });
  tabs.setAttribute("role", "tablist");
  let body = place;
  views.forEach(([title, draw], index) => {
    const tab = make("button", { type: "button", textContent: title, role: "tab" });
    tab.setAttribute("aria-selected", String(index === 0));
    tab.onclick = () => {
      for (const other of tabs.children) other.setAttribute("aria-selected", String(other === tab));
      const next = draw();
      body.replaceWith(next);
      body = next;
    };
    tabs.append(tab);
  });
  queueMicrotask(() => tabs.firstElementChild.click());
  return tabs;
}

function frame(letter) {
  const view = make("iframe", { src: `/mail/messages/${letter.id}/html`, title: "Содержание письма" });
  view.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  return view;
}

function linked(text) {
  const view = make("pre");
  text.split(/(https?:\/\/[^\s<>"«»]+)/).forEach((piece, index) => {
    view.append(index % 2 ? make("a", { href: piece, textContent: piece, target: "_blank", rel: "noreferrer" }) : piece);
  });
  return view;
}

function source(letter) {
  const view = make("pre", { className: "source", textContent: "Загрузка…" });
  fetch(`/mail/messages/${letter.id}/raw`)
    .then((answer) => answer.text())
    .then((text) => { view.textContent = text; })
    .catch(() => { view.textContent = "Не удалось загрузить исходник: внешний мир не отвечает."; });
  return view;
}

async function refresh(whole) {
  const mine = ++round;
  const query = new URLSearchParams({ limit: "200", since_id: whole ? "0" : String(letters[0]?.id ?? 0) });
  if (field.value.trim()) query.set("to", field.value.trim());
  try {
    const answer = await fetch(`/mail/messages?${query}`, { headers: { accept: "application/json" } });
    const fresh = await answer.json();
    if (mine !== round) return;
    state.textContent = "";
    state.classList.remove("lost");
    if (!whole && !fresh.length) return;
    letters = whole ? fresh : [...fresh, ...letters];
    drawList();
    if (whole) drawLetter();
  } catch {
    state.textContent = "Нет связи";
    state.classList.add("lost");
  }
}

let typing;
field.oninput = () => {
  clearTimeout(typing);
  typing = setTimeout(() => { opened = null; remember(); refresh(true); }, 200);
};
document.onkeydown = (event) => {
  if (event.target === field || !["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
  if (event.key === "Escape") return open(null);
  const at = letters.findIndex((one) => one.id === opened);
  const next = letters[Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1))];
  if (next) { event.preventDefault(); open(next.id); list.querySelector(`[data-id="${next.id}"]`).scrollIntoView({ block: "nearest" }); }
};

refresh(true);
setInterval(() => { if (!document.hidden) refresh(false); }, PAUSE);
