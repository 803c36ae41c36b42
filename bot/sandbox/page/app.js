// The page: people on the left, the chosen one's chat on the right, everything as it happens.

import * as api from "./api.js";
import { acting, came, changed, closeChat, drawChat, gone, listenToChat, openChat, taken } from "./chat.js";
import { listenToComposer } from "./composer.js";
import { $ } from "./dom.js";
import { listenForFiles } from "./files.js";
import { icon } from "./icons.js";
import { opensWith } from "./links.js";
import { listenToLook } from "./look.js";
import { drawPeople, focusPeople, listenToPeople, neighbour } from "./people.js";
import { answered } from "./presses.js";
import { on, state, tell } from "./state.js";
import { listenToStage, staged } from "./stage.js";
import { called, listenToWire, loaded, toggle, violated } from "./wire.js";

// A person's line and whatever else shows them.
function known(id, what) {
  if (!state.people.has(id)) return false;
  state.people.set(id, { ...state.people.get(id), ...what });
  tell("person", id);
  return true;
}

function heard({ chat, message, unread }) {
  const last = { id: message.id, text: message.text || message.file?.name || "", from_bot: message.from_bot, date: message.date };
  came(chat, message);
  known(chat, message.from_bot ? { last, unread } : { last, unread, started: true });
}

function met({ chat, person }) {
  if (!known(chat, person)) {
    state.people.set(chat, person);
    tell("people");
  }
}

async function aboutBot() {
  state.bot = await api.bot();
  $("bot-name").textContent = state.bot.name;
  $("bot-face").textContent = [...state.bot.name][0] ?? "";
  tell("people");
}

async function commands() {
  await aboutBot();
  for (const id of state.chats.keys()) known(id, { commands: (await api.chat(id)).commands });
}

async function load() {
  const [people, stage, trouble] = await Promise.all([api.people(), api.stage(), api.trouble(), aboutBot()]);
  state.people = new Map(people.map((person) => [person.id, person]));
  state.chats.clear();
  state.trouble = trouble;
  const wanted = state.chosen ?? Number(location.hash.slice(1));
  if (stage) staged(stage);
  drawPeople();
  tell("trouble");
  if (state.people.has(wanted)) await openChat(wanted);
  else drawChat();
  if (stage) staged({});
  loaded(await api.calls());
  document.body.classList.add("ready");
}

function keys(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!$("wire").hidden && ($("wire").contains(document.activeElement) || innerWidth < 1000)) return toggle(false);
    if (state.chosen === null) return;
    if (innerWidth < 760) closeChat();
    focusPeople();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    openChat(neighbour(event.key === "ArrowDown" ? 1 : -1), { focus: true });
  }
}

for (const [id, name] of [["back", "back"], ["more", "more"], ["clip", "clip"], ["send", "send"], ["keys", "keys"], ["down", "down"]]) $(id).append(icon(name));
listenToLook();
listenToPeople();
opensWith(openChat);
listenToChat();
listenToComposer();
listenForFiles();
listenToStage();
listenToWire();
document.addEventListener("keydown", keys);
on("language", () => {
  drawPeople();
  drawChat();
});

const events = api.listen({
  hello: load,
  reset: load,
  message: heard,
  edit({ chat, message, unread }) {
    changed(chat, message);
    const last = state.people.get(chat)?.last;
    known(chat, last?.id === message.id ? { unread, last: { ...last, text: message.text || message.file?.name || "" } } : { unread });
  },
  async delete({ chat, message }) {
    gone(chat, message);
    const { last, unread } = await api.chat(chat);
    known(chat, { last, unread });
  },
  taken: ({ chat, message }) => taken(chat, message),
  read: ({ chat, person }) => known(chat, { unread: person.unread }),
  keyboard: ({ chat, keyboard }) => known(chat, { keyboard }),
  answer: answered,
  action: ({ chat, action }) => acting(chat, action),
  chat: met,
  person: met,
  wipe({ chat, person }) {
    state.chats.set(chat, { messages: new Map(), complete: true });
    met({ chat, person });
    if (chat === state.chosen) drawChat();
  },
  commands,
  profile: aboutBot,
  violation: violated,
  call: called,
  trouble(now) {
    state.trouble = now;
    tell("trouble");
  },
  stage(parts) {
    staged(parts);
    if (parts.groups) drawPeople();
    tell("stage");
    if (parts.papers && state.chosen !== null) tell("person", state.chosen);
  },
});
events.onerror = () => document.body.classList.add("away");
events.onopen = () => document.body.classList.remove("away");
