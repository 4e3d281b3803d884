// A telephone: chats of Telegram with the bots' buttons, SMS by number, notices of browsers. State lives in the address.
const PAUSE = 1000;
const here = new URL(location.href);
const isSms = here.pathname.startsWith("/sms");
const isPush = here.pathname.startsWith("/webpush");
const isTelegram = !isSms && !isPush;
const places = { people: 0, talk: 0, quote: 0, box: 0, words: 0, toast: 0, state: 0 };
for (const name of Object.keys(places)) places[name] = document.getElementById(name);
const clock = new Intl.DateTimeFormat("ru", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

let invited = here.pathname === "/telegram/open" ? { bot: here.searchParams.get("bot"), code: here.searchParams.get("start") } : null;
let chat = Number(here.searchParams.get("chat")) || null;
let bot = here.searchParams.get("bot");
let number = here.searchParams.get("to") ?? "";
let browser = here.searchParams.get("browser") ?? "";
let chats = [];
let browsers = [];
let drawn = "";
// The message that the next words answer, and the newest question that has been opened by itself.
let answering = null;
let asked = 0;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function call(path, body) {
  const answer = await fetch(path, body
    ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
    : { headers: { accept: "application/json" } });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.title);
  return told;
}

function say(words) {
  places.toast.textContent = words;
  places.toast.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { places.toast.hidden = true; }, 4000);
}

async function attempt(deed) {
  try { return await deed(); } catch (failure) { say(failure.message); return null; }
}

function remember() {
  const query = new URLSearchParams();
  if (isSms && number) query.set("to", number);
  if (isPush && browser) query.set("browser", browser);
  if (isTelegram && chat) query.set("chat", chat);
  if (isTelegram && bot) query.set("bot", bot);
  const place = isSms ? "/sms/" : isPush ? "/webpush/" : "/telegram/";
  history.replaceState(null, "", `${place}${query.size ? `?${query}` : ""}`);
}

function linked(text) {
  const line = make("p");
  text.split(/(https?:\/\/[^\s<>"«»]+)/).forEach((piece, index) => {
    line.append(index % 2 ? make("a", { href: piece, textContent: piece, target: "_blank", rel: "noreferrer" }) : piece);
  });
  return line;
}

// What the product has sent is JSON with a title, a text and a sender; another sender's is shown as it is.
function wordsOf(message) {
  try {
    const told = JSON.parse(message.text);
    return [told.title, told.text, told.from].filter(Boolean).join("\n");
  } catch {
    return message.text;
  }
}

function opening(message) {
  const line = message.text.split("\n").filter(Boolean).slice(0, 2).join(" · ");
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
}

function answer(message) {
  answering = message;
  places.quote.hidden = !message;
  places.quote.replaceChildren();
  if (!message) return;
  const drop = make("button", { className: "quiet", type: "button", textContent: "✕", onclick: () => answer(null) });
  drop.setAttribute("aria-label", "Не отвечать на сообщение");
  places.quote.append(make("span", { textContent: `Ответ на: ${opening(message)}` }), drop);
  places.words.focus();
}

function bubble(message, known) {
  const about = [clock.format(new Date(message.at))];
  if (isSms) about.push(message.sender, `частей: ${message.segments}`, `${message.price} ₽`);
  if (isPush) about.push(`байт: ${message.bytes}`, `срок: ${message.ttl} с`);
  const node = make("article", { className: `bubble${message.from_bot === false ? " mine" : ""}` });
  const origin = known?.get(message.answers);
  if (origin) node.append(make("blockquote", { textContent: opening(origin) }));
  const foot = make("div", { className: "about", textContent: about.join(" · ") });
  if (isTelegram && message.from_bot) {
    const reply = make("button", { className: "quiet", type: "button", textContent: "↩", onclick: () => answer(message) });
    reply.setAttribute("aria-label", "Ответить на это сообщение");
    foot.append(reply);
  }
  node.append(linked(isPush ? wordsOf(message) : message.text), foot);
  if (message.file) node.append(make("a", { href: message.file.url, textContent: message.file.name, download: message.file.name }));
  for (const row of message.buttons ?? []) {
    node.append(make("div", { className: "keys" }, ...row.map((key) => make("button", {
      className: "button", type: "button", textContent: key.text,
      onclick: () => attempt(async () => {
        const told = await call("/telegram/press", { message: message.id, data: key.callback_data });
        say(told.answer || "Бот ничего не ответил");
        await refresh();
      }),
    }))));
  }
  return node;
}

function drawPeople() {
  if (isSms) {
    const field = make("input", { type: "tel", value: number, placeholder: "Номер телефона целиком" });
    field.setAttribute("aria-label", "Номер телефона");
    field.oninput = () => { number = field.value.trim(); remember(); refresh(); };
    places.people.replaceChildren(field);
    return;
  }
  if (isPush) { drawBrowsers(); return; }
  const choice = make("select");
  choice.setAttribute("aria-label", "Чей телефон");
  choice.append(make("option", { value: "", textContent: chats.length ? "Чей телефон?" : "Телефонов пока нет" }));
  for (const one of chats) {
    const title = `${one.person} · @${one.bot}${one.blocked ? " · бот заблокирован" : ""}`;
    choice.append(make("option", { value: `${one.chat} ${one.bot}`, textContent: title, selected: one.chat === chat && one.bot === bot }));
  }
  choice.onchange = () => {
    const [id, name] = choice.value.split(" ");
    [chat, bot, invited] = [Number(id) || null, name ?? null, null];
    answer(null);
    remember();
    refresh();
  };
  const mine = chats.find((one) => one.chat === chat && one.bot === bot);
  const block = make("button", { className: "button", type: "button", hidden: !mine, textContent: mine?.blocked ? "Разблокировать" : "Заблокировать" });
  block.onclick = () => attempt(async () => {
    await call("/telegram/block", { chat, bot, blocked: !mine.blocked });
    await refresh();
  });
  places.people.replaceChildren(choice, block);
}

function drawBrowsers() {
  const choice = make("select");
  choice.setAttribute("aria-label", "Чей браузер");
  choice.append(make("option", { value: "", textContent: browsers.length ? "Все браузеры" : "Браузеров пока нет" }));
  for (const one of browsers) {
    const title = `${one.name}${one.gone ? " · уведомления запрещены" : ""}`;
    choice.append(make("option", { value: one.id, textContent: title, selected: one.id === browser }));
  }
  choice.onchange = () => { browser = choice.value; remember(); refresh(); };
  const mine = browsers.find((one) => one.id === browser);
  const forbid = make("button", { className: "button", type: "button", hidden: !mine || mine.gone, textContent: "Запретить" });
  forbid.onclick = () => attempt(async () => {
    await call("/webpush/unsubscribe", { id: browser });
    await refresh();
  });
  places.people.replaceChildren(choice, forbid);
}

function drawInvitation() {
  const name = make("input", { value: "Мой телефон", maxLength: 60 });
  name.setAttribute("aria-label", "Имя в Telegram");
  const start = make("button", { className: "button", type: "button", textContent: "Start" });
  start.onclick = () => attempt(async () => {
    start.disabled = true;
    try {
      const person = await call("/telegram/people", { name: name.value });
      [chat, bot] = [person.chat, invited.bot];
      await call("/telegram/say", { bot, chat, text: `/start ${invited.code}` });
      invited = null;
      remember();
    } finally { start.disabled = false; }
    await refresh();
  });
  places.talk.replaceChildren(make("div", { className: "start" },
    make("strong", { textContent: `@${invited.bot}` }),
    make("span", { textContent: "Имя, под которым вас увидит бот:" }), name, start));
}

function draw(messages) {
  places.box.hidden = !isTelegram || !chat || !bot;
  if (invited) { drawn = ""; return places.talk.querySelector(".start") ? undefined : drawInvitation(); }
  const now = JSON.stringify(messages);
  if (now === drawn) return undefined;
  drawn = now;
  if (!messages.length) {
    const words = isSms ? "Сообщений нет. Сюда придут SMS на любые номера."
      : isPush ? "Уведомлений нет. Сюда придут те, что отправлены в браузеры песочницы."
      : "Сообщений нет. Откройте ссылку на бота из настроек Пульта.";
    places.talk.replaceChildren(make("p", { className: "empty", textContent: words }));
    return undefined;
  }
  const known = new Map(messages.map((one) => [one.id, one]));
  places.talk.replaceChildren(...[...messages].reverse().map((one) => bubble(one, known)));
  // A question opens its answer by itself, once, as the real program does.
  if (messages[0].asks && messages[0].id > asked) {
    asked = messages[0].id;
    answer(messages[0]);
  }
  places.talk.scrollTop = places.talk.scrollHeight;
  return undefined;
}

async function refresh() {
  try {
    if (isPush) browsers = await call("/webpush/browsers");
    if (isTelegram) {
      const fresh = await call("/telegram/chats");
      if (JSON.stringify(fresh) !== JSON.stringify(chats)) chats = fresh;
      if (!chat && !invited && chats.length) [chat, bot] = [chats[0].chat, chats[0].bot];
    }
    const query = isSms ? `to=${encodeURIComponent(number)}` : isPush ? `browser=${browser}` : `chat=${chat ?? 0}`;
    const place = isSms ? "sms" : isPush ? "webpush" : "telegram";
    const found = !isTelegram || chat ? await call(`/${place}/messages?${query}`) : [];
    const people = JSON.stringify([chats, chat, bot, browsers, browser]);
    if (refresh.people !== people) { refresh.people = people; drawPeople(); }
    draw(!isTelegram ? found : found.filter((one) => !bot || one.bot === bot));
    places.state.textContent = "";
    places.state.classList.remove("lost");
  } catch {
    places.state.textContent = "Нет связи";
    places.state.classList.add("lost");
  }
}

places.box.onsubmit = (event) => {
  event.preventDefault();
  const text = places.words.value.trim();
  if (!text) return;
  attempt(async () => {
    await call("/telegram/say", { bot, chat, text, answers: answering?.id });
    places.words.value = "";
    answer(null);
    await refresh();
  });
};
document.getElementById(isSms ? "to-sms" : isPush ? "to-push" : "to-telegram").setAttribute("aria-current", "page");
document.title = `${isSms ? "SMS" : isPush ? "Браузер" : "Telegram"} · Телефон · демо-режим`;
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, PAUSE);
