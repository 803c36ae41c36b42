// The open chat: its head, its messages as they come, change and go, and where the reader stands in it.

import * as api from "./api.js";
import { $, element, face } from "./dom.js";
import { drawn, gist } from "./message.js";
import { chosen, messagesOf, on, state, tell } from "./state.js";
import { announce, attempt, forgetToasts, menu, sure } from "./windows.js";
import { day, t } from "./words.js";

const FIRST = 40; // messages drawn at once; older ones come as the reader goes up
const MORE = 60;
const NEAR = 120; // pixels from the bottom that still count as the bottom
const ACTION_MS = 5000;

let stuck = true; // the reader is at the bottom
let oldest = null; // the oldest message drawn
let loading = false;
let typing;
const coming = new Map(); // id → promise of a chat asked for
const meanwhile = new Map(); // id → changes of its messages since it was asked for

// Opening

export async function openChat(id, { focus = false } = {}) {
  if (!state.people.has(id)) return;
  performance.mark("chat-asked");
  if (id !== state.chosen) forgetToasts();
  state.chosen = id;
  history.replaceState(null, "", `#${id}`);
  document.body.classList.add("open");
  tell("chosen", id);
  if (!state.chats.has(id)) {
    await fetched(id);
    if (state.chosen !== id) return;
  }
  drawChat();
  if (focus) $("write").hidden ? $("begin").focus() : $("text").focus();
  requestAnimationFrame(() => setTimeout(() => {
    performance.measure("chat", "chat-asked");
    seen();
  }));
}

// Asked for once; already when a pointer comes near, so that the press finds it here.
export function fetched(id) {
  if (state.chats.has(id)) return null;
  if (!coming.has(id)) coming.set(id, fetchChat(id).finally(() => coming.delete(id)));
  return coming.get(id);
}

async function fetchChat(id) {
  const later = []; // what happens while the answer is on its way, and may not be in it
  meanwhile.set(id, later);
  try {
    const [person, found] = await Promise.all([api.chat(id), api.messages(id, FIRST)]);
    const cache = { messages: new Map(found.map((message) => [message.id, message])), complete: found.length < FIRST };
    state.people.set(id, { ...state.people.get(id), ...person });
    for (const change of later) change(cache.messages);
    state.chats.set(id, cache);
  } finally {
    meanwhile.delete(id);
  }
}

export function closeChat() {
  state.chosen = null;
  history.replaceState(null, "", "#");
  document.body.classList.remove("open");
  drawChat();
  tell("chosen", null);
}

function seen() {
  const person = chosen();
  if (!person?.unread || document.visibilityState === "hidden" || !stuck) return;
  const last = [...messagesOf(person.id)?.keys() ?? []].at(-1);
  if (last) attempt(api.read(person.id, last));
}

// Drawing

export function drawChat() {
  const person = chosen();
  $("nobody").hidden = Boolean(person);
  for (const id of ["chat-head", "bottom", "scroller"]) $(id).hidden = !person;
  $("typing").hidden = true;
  drawHead();
  if (person) drawMessages();
  tell("drawn");
}

function drawHead() {
  const person = chosen();
  if (!person) return;
  $("face").replaceChildren(face(person));
  $("who").textContent = person.name;
  $("about").textContent = person.about;
}

function drawMessages() {
  const all = [...messagesOf(state.chosen).values()];
  const shown = all.slice(-FIRST);
  oldest = shown[0]?.id ?? null;
  $("messages").replaceChildren(...days(shown));
  if (!all.length) $("messages").append(element("p", { className: "pill empty", text: t("empty-words") }));
  stuck = true;
  bottom();
}

function days(messages) {
  const sections = [];
  for (const message of messages) {
    const name = day(message.date);
    if (sections.at(-1)?.dataset.day !== name) sections.push(section(name));
    sections.at(-1).append(drawn(message, say));
  }
  return sections;
}

function section(name) {
  return element("section", { className: "day", attributes: { "data-day": name } }, element("p", { className: "pill date", text: name }));
}

const say = (text) => attempt(api.send(state.chosen, text));
const node = (id) => $("messages").querySelector(`[data-id="${id}"]`);

function bottom() {
  $("scroller").scrollTop = 1e9; // writes only: the layout is not asked for
  $("down").hidden = true;
}

// What happens

export function came(chat, message) {
  meanwhile.get(chat)?.push((messages) => messages.set(message.id, message));
  const cache = state.chats.get(chat);
  const isNew = cache && !cache.messages.has(message.id);
  cache?.messages.set(message.id, message);
  if (message.from_bot) announce(`${chat === state.chosen ? t("bot") : state.people.get(chat)?.name ?? ""}: ${gist(message)}`);
  if (chat !== state.chosen || !cache) return;
  if (!isNew) return changed(chat, message);
  $("messages").querySelector(".empty")?.remove();
  const name = day(message.date);
  let last = $("messages").lastElementChild;
  if (last?.dataset.day !== name) {
    last = section(name);
    $("messages").append(last);
  }
  oldest ??= message.id;
  last.append(drawn(message, say));
  if (message.from_bot) $("typing").hidden = true;
  if (stuck || !message.from_bot) {
    stuck = true;
    bottom();
    seen();
  } else $("down").hidden = false;
  tell("drawn");
}

export function changed(chat, message) {
  meanwhile.get(chat)?.push((messages) => messages.set(message.id, message));
  state.chats.get(chat)?.messages.set(message.id, message);
  if (chat !== state.chosen) return;
  redraw(message);
  if (stuck) bottom();
  tell("drawn");
}

function redraw(message) {
  const old = node(message.id);
  if (!old) return;
  const made = drawn(message, say);
  const held = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  old.replaceWith(made);
  if (held) (made.querySelector(`[data-key="${held}"]`) ?? made.querySelector(".key"))?.focus({ preventScroll: true });
}

export function gone(chat, id) {
  meanwhile.get(chat)?.push((messages) => messages.delete(id));
  state.chats.get(chat)?.messages.delete(id);
  if (chat !== state.chosen) return;
  const old = node(id);
  const around = old?.parentElement;
  old?.remove();
  if (around && !around.querySelector(".message")) around.remove();
}

export function taken(chat, id) {
  meanwhile.get(chat)?.push((messages) => { if (messages.has(id)) messages.get(id).taken = true; });
  const message = messagesOf(chat)?.get(id);
  if (!message) return;
  message.taken = true;
  if (chat === state.chosen) redraw(message);
}

export function acting(chat, action) {
  if (chat !== state.chosen) return;
  $("typing").textContent = ["typing", "upload_document", "upload_photo"].includes(action) ? t(action) : t("busy");
  $("typing").hidden = false;
  clearTimeout(typing);
  typing = setTimeout(() => { $("typing").hidden = true; }, ACTION_MS);
}

// Going up

async function older() {
  const cache = state.chats.get(state.chosen);
  if (loading || !cache || oldest === null) return;
  const id = state.chosen;
  let before = [...cache.messages.keys()].filter((each) => each < oldest);
  if (before.length < MORE && !cache.complete) {
    loading = true;
    const found = await attempt(api.messages(id, MORE, before[0] ?? oldest));
    loading = false;
    if (!found || state.chats.get(id) !== cache) return;
    cache.complete = found.length < MORE;
    cache.messages = new Map([...found.map((message) => [message.id, message]), ...cache.messages]);
    if (state.chosen !== id) return;
    before = [...cache.messages.keys()].filter((each) => each < oldest);
  }
  const shown = before.slice(-MORE).map((each) => cache.messages.get(each));
  if (shown.length) above(shown);
}

function above(messages) {
  oldest = messages[0].id;
  const scroller = $("scroller");
  const from = scroller.scrollHeight - scroller.scrollTop;
  const sections = days(messages);
  const first = $("messages").firstElementChild;
  if (first?.dataset.day === sections.at(-1).dataset.day) {
    first.firstElementChild.after(...[...sections.pop().children].slice(1));
  }
  $("messages").prepend(...sections);
  scroller.scrollTop = scroller.scrollHeight - from;
}

function scrolled() {
  const { scrollTop, scrollHeight, clientHeight } = $("scroller");
  stuck = scrollHeight - scrollTop - clientHeight < NEAR;
  $("down").hidden = stuck;
  if (stuck) seen();
  if (scrollTop < 600) older();
}

function actions() {
  const person = chosen();
  menu($("more"), [
    [t(person.blocked ? "unblock" : "block"), () => attempt(api.block(person.id, !person.blocked))],
    [t("wipe"), async () => { if (await sure(t("wipe-sure"), t("wipe"))) attempt(api.wipe(person.id)); }, "danger"],
  ]);
}

export function listenToChat() {
  $("scroller").addEventListener("scroll", scrolled, { passive: true });
  $("down").addEventListener("click", () => {
    stuck = true;
    bottom();
    seen();
  });
  $("more").addEventListener("click", actions);
  $("back").addEventListener("click", closeChat);
  document.addEventListener("visibilitychange", seen);
  const watch = new ResizeObserver(() => { if (stuck) bottom(); }); // a keyboard opens, a picture comes, the window turns
  watch.observe($("scroller"));
  watch.observe($("messages"));
  on("person", (id) => { if (id === state.chosen) drawHead(); });
}
