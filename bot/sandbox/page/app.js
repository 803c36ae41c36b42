// The page: people on the left, the chosen one's chat on the right, everything as it happens.

import * as api from "./api.js";
import { day, element } from "./dom.js";
import { called } from "./log.js";
import { drawn } from "./message.js";

const $ = (id) => document.getElementById(id);
const people = new Map(); // id → person
const unread = new Map(); // id → count
const pressed = new Map(); // query → button
let chosen = null; // id of the person whose chat is open
let messages = new Map(); // id → message of that chat
let typing;

const ACTIONS = { typing: "печатает…", upload_document: "отправляет файл…", upload_photo: "отправляет фото…" };

// People

function drawPeople() {
  const ordered = [...people.values()];
  $("people").replaceChildren(...ordered.map((person) => {
    const count = unread.get(person.id) ?? 0;
    const last = person.last ? (person.last.from_bot ? "" : "Вы: ") + person.last.text : "чат ещё не начат";
    return element(
      "button",
      { className: `person${person.id === chosen ? " chosen" : ""}`, attributes: { type: "button" }, on: { click: () => choose(person.id) } },
      element("span", { className: `face face-${person.id % 7}`, text: person.first_name.slice(0, 1) }),
      element("span", { className: "lines" }, element("b", { text: person.name }), element("small", { text: person.about }), element("small", { className: "last", text: last })),
      count > 0 && element("span", { className: "count", text: String(count) }),
    );
  }));
}

async function choose(id) {
  chosen = id;
  unread.delete(id);
  document.body.classList.add("open");
  location.hash = String(id);
  const [chat, found] = await Promise.all([api.chat(id), api.messages(id)]);
  if (chosen !== id) return;
  people.set(id, { ...people.get(id), ...chat });
  messages = new Map(found.map((message) => [message.id, message]));
  drawChat();
  drawPeople();
  $("text").focus();
}

// The chat

function drawChat() {
  const person = people.get(chosen);
  $("who").textContent = person.name;
  $("about").textContent = [person.about, person.username && `@${person.username}`].filter(Boolean).join(" · ");
  $("block").hidden = $("wipe").hidden = $("write").hidden = false;
  $("block").textContent = person.blocked ? "Разблокировать бота" : "Заблокировать бота";
  drawMessages();
  drawKeyboard(person.keyboard);
  drawCommands(person.commands ?? []);
}

function drawMessages() {
  const nodes = [];
  let last = "";
  for (const message of messages.values()) {
    if (day(message.date) !== last) {
      last = day(message.date);
      nodes.push(element("p", { className: "day", text: last }));
    }
    nodes.push(drawn(message, acts));
  }
  if (!nodes.length) {
    nodes.push(element("div", { className: "empty" }, element("p", { text: "Здесь пока пусто." }),
      element("button", { text: "Начать: /start", attributes: { type: "button" }, on: { click: () => acts.say("/start") } })));
  }
  $("messages").replaceChildren(...nodes);
  $("messages").scrollTop = $("messages").scrollHeight;
}

function drawKeyboard(keyboard) {
  const rows = keyboard?.rows ?? [];
  $("keyboard").replaceChildren(...rows.map((row, y) => element("div", { className: "row" }, ...row.map((button, x) =>
    element("button", { text: button.label, attributes: { type: "button" }, on: { click: () => attempt(api.tap(chosen, { row: y, column: x })) } })))));
  $("text").placeholder = keyboard?.placeholder || "Сообщение";
}

function drawCommands(commands) {
  $("menu").hidden = !commands.length;
  $("commands").replaceChildren(...commands.map(({ command, description }) =>
    element("button", { attributes: { type: "button" }, on: { click: () => { $("commands").hidden = true; acts.say(`/${command}`); } } },
      element("b", { text: `/${command}` }), element("span", { text: description }))));
}

const acts = {
  async say(text) {
    if (people.get(chosen).blocked && !text.startsWith("/start")) {
      toast("Вы заблокировали бота: разблокируйте его или отправьте /start");
      return null;
    }
    return attempt(api.send(chosen, text));
  },
  find: (id) => messages.get(id),
  async tap(message, row, column, button) {
    const answer = await attempt(api.tap(chosen, { message: message.id, row, column }));
    if (answer?.query) {
      button.classList.add("waiting");
      pressed.set(answer.query, button);
      setTimeout(() => button.classList.remove("waiting"), 15000);
    }
    if (answer?.copy) {
      await navigator.clipboard?.writeText(answer.copy);
      toast("Скопировано");
    }
    if (answer?.url && !answer.url.includes("t.me/")) window.open(answer.url, "_blank", "noopener,noreferrer");
  },
};

async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(`Не получилось: ${error.message}`);
    return null;
  }
}

function toast(text) {
  const made = element("p", { className: "toast", text });
  $("toasts").append(made);
  setTimeout(() => made.remove(), 4000);
}

// What happens

function put(chat, message, isNew) {
  const person = people.get(chat);
  if (person && isNew) person.last = { id: message.id, text: message.text || message.file?.name || "", from_bot: message.from_bot, date: message.date };
  if (chat === chosen) {
    messages.set(message.id, message);
    $("typing").hidden = true;
    drawMessages();
  } else if (isNew && message.from_bot) {
    unread.set(chat, (unread.get(chat) ?? 0) + 1);
  }
  drawPeople();
}

function changed({ chat, person }) {
  people.set(chat, person);
  drawPeople();
  if (chat === chosen) drawChat();
}

api.listen({
  hello: load,
  reset: load,
  message: ({ chat, message }) => put(chat, message, true),
  edit: ({ chat, message }) => put(chat, message, false),
  delete({ chat, message }) {
    if (chat === chosen && messages.delete(message)) drawMessages();
  },
  keyboard({ chat, keyboard }) {
    const person = people.get(chat);
    if (person) person.keyboard = keyboard;
    if (chat === chosen) drawKeyboard(keyboard);
  },
  answer({ chat, query, text, alert }) {
    pressed.get(query)?.classList.remove("waiting");
    pressed.delete(query);
    if (chat !== chosen || !text) return;
    if (alert) {
      $("alert-text").textContent = text;
      $("alert").showModal();
    } else toast(text);
  },
  action({ chat, action }) {
    if (chat !== chosen) return;
    $("typing").textContent = `Бот ${ACTIONS[action] ?? "занят…"}`;
    $("typing").hidden = false;
    clearTimeout(typing);
    typing = setTimeout(() => { $("typing").hidden = true; }, 5000);
  },
  chat: changed,
  person: changed,
  wipe({ chat, person }) {
    if (chat === chosen) messages = new Map();
    changed({ chat, person });
  },
  commands: refresh,
  profile: refresh,
  violation: ({ words }) => toast(`⚠️ ${words}`),
  call: (call) => called($("calls"), call),
});

async function refresh() {
  const bot = await api.bot();
  $("bot-name").textContent = bot.name;
  $("bot-about").textContent = bot.about || bot.description || "Локальный Telegram: всё происходит на этом компьютере";
  document.title = bot.name;
  if (chosen !== null) drawCommands((await api.chat(chosen)).commands);
}

async function load() {
  people.clear();
  for (const person of await api.people()) people.set(person.id, person);
  drawPeople();
  const wanted = chosen ?? Number(location.hash.slice(1));
  if (people.has(wanted)) await choose(wanted);
  await refresh();
  $("calls").replaceChildren();
  for (const call of await api.calls()) called($("calls"), call);
}

// What the person does

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text && await acts.say(text)) $("text").value = "";
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("write").requestSubmit();
  }
});
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (file && await attempt(api.attach(chosen, file, $("text").value.trim()))) $("text").value = "";
  $("file").value = "";
});
$("menu").addEventListener("click", () => { $("commands").hidden = !$("commands").hidden; });
$("block").addEventListener("click", () => attempt(api.block(chosen, !people.get(chosen).blocked)));
$("wipe").addEventListener("click", () => attempt(api.wipe(chosen)));
$("back").addEventListener("click", () => document.body.classList.remove("open"));
$("show-log").addEventListener("click", () => { $("log").hidden = !$("log").hidden; });
$("hide-log").addEventListener("click", () => { $("log").hidden = true; });
