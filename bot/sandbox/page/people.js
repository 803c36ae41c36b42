// The list of people: whose phone to hold.

import { $, element, face, set } from "./dom.js";
import { on, state } from "./state.js";
import { fetched, openChat } from "./chat.js";
import { shortDay, t, time, told } from "./words.js";

const DEEP = /^\/start\s+\S+$/u;
const nodes = new Map(); // id → option

export function drawPeople() {
  const known = new Set();
  nodes.clear();
  const groups = (state.stage.groups ?? []).map(({ words, people }) => group(told(words), people.filter((id) => state.people.has(id)), known));
  const rest = [...state.people.keys()].filter((id) => !known.has(id));
  const list = $("people");
  list.replaceChildren(...groups.filter(Boolean), ...rest.map(option));
  choose(state.chosen);
  title();
}

function group(words, ids, known) {
  for (const id of ids) known.add(id);
  if (!ids.length) return null;
  return element("div", { className: "group", attributes: { role: "group", "aria-label": words } },
    element("div", { className: "group-title", text: words, attributes: { "aria-hidden": "true" } }), ...ids.map(option));
}

function option(id) {
  const made = element("div", { className: "person", attributes: { role: "option", "data-id": id, tabindex: "-1" }, on: { click: () => openChat(id), pointerenter: () => fetched(id) } });
  nodes.set(id, made);
  draw(id);
  return made;
}

function draw(id) {
  const person = state.people.get(id);
  const node = nodes.get(id);
  if (!person || !node) return;
  const last = person.last;
  const said = last ? (last.from_bot ? "" : t("you")) + (DEEP.test(last.text) ? "/start" : last.text.replace(/\s+/gu, " ")) : t("not-started");
  node.replaceChildren(
    face(person),
    element("span", { className: "lines" },
      element("span", { className: "line" }, element("b", { text: person.name }), last && element("time", { text: when(last.date) })),
      element("span", { className: "about", text: person.about }),
      element("span", { className: "line" }, element("span", { className: "last", text: said }),
        person.unread > 0 && element("span", { className: "count", attributes: { "aria-label": t("unread", { n: person.unread }), role: "img" }, text: String(person.unread) }))),
  );
}

function when(iso) {
  const now = state.stage.clock?.now;
  return !now || shortDay(now) === shortDay(iso) || Date.parse(now) < Date.parse(iso) ? time(iso) : shortDay(iso);
}

function choose(id) {
  const focusable = nodes.get(id) ?? nodes.values().next().value;
  for (const [each, node] of nodes) {
    set(node, { "aria-selected": String(each === id), tabindex: node === focusable ? "0" : "-1" });
    node.classList.toggle("chosen", each === id);
  }
}

// Whose turn it is in the story.
export function turn(id) {
  for (const [each, node] of nodes) node.classList.toggle("turn", each === id && each !== state.chosen);
}

function title() {
  const unread = [...state.people.values()].reduce((sum, person) => sum + person.unread, 0);
  document.title = (unread ? `(${unread}) ` : "") + state.bot.name;
}

export const focusPeople = () => (nodes.get(state.chosen) ?? nodes.values().next().value)?.focus();

// The person above or below in the list.
export function neighbour(step) {
  const ids = [...nodes.keys()];
  return ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(state.chosen) + step))];
}

function moved(event) {
  const all = [...nodes.values()];
  const at = all.indexOf(event.target.closest("[role=option]"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
  } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
    event.preventDefault();
    openChat(Number(all[at].dataset.id), { focus: true });
  }
}

export function listenToPeople() {
  $("people").addEventListener("keydown", moved);
  on("person", (id) => {
    draw(id);
    title();
  });
  on("people", drawPeople);
  on("chosen", choose);
}
