// Below the chat: what a person writes, the commands, the bot's own keyboard, and the way in.

import * as api from "./api.js";
import { $, button, element, set } from "./dom.js";
import { followLink, startAs } from "./links.js";
import { chosen, on, state } from "./state.js";
import { attempt } from "./windows.js";
import { t } from "./words.js";

const INLINE_MS = 300;
const drafts = new Map(); // id → text
let at = -1; // the suggestion the arrows stand on
let asking;

export const openAsLink = (url) => followLink(url);

function drawBottom() {
  const person = chosen();
  if (!person) return;
  const paper = state.stage.papers?.[person.id];
  const shut = person.blocked || !person.started;
  $("write").hidden = shut;
  $("begin").hidden = !shut;
  $("begin").textContent = t(person.blocked ? "unblock" : "begin");
  drawPaper(person, paper);
  drawKeyboard(person);
  const commands = person.commands ?? [];
  $("menu").hidden = !commands.length;
  $("menu").textContent = t("menu");
}

// An invitation that lies on the table, not opened yet.
function drawPaper(person, paper) {
  $("paper").hidden = !paper || person.blocked;
  if (!paper) return;
  const code = paper.letters && person.started && button(t("put-code", { code: paper.letters }), () => put(paper.letters), "quiet secret");
  $("paper").replaceChildren(
    element("span", { className: "paper-words" }, element("b", { text: t("paper") }), element("small", { text: t("paper-words") }),
      paper.letters && !person.started && element("small", { className: "secret", text: t("code", { code: paper.letters }) })),
    ...[code, paper.payload && button(t("open-paper"), () => startAs(person.id, paper.payload), "main")].filter(Boolean),
  );
}

function drawKeyboard(person) {
  const rows = person.keyboard?.rows ?? [];
  $("keys").hidden = !rows.length;
  $("keyboard").hidden = !rows.length || $("write").hidden || $("keys").getAttribute("aria-pressed") === "false";
  $("keyboard").replaceChildren(...rows.map((row, y) => element("div", { className: "row" }, ...row.map(({ label }, x) =>
    button(label, async () => {
      await attempt(api.tap(person.id, { row: y, column: x }));
      if (person.keyboard?.one_time) show(false);
    })))));
  $("text").placeholder = person.keyboard?.placeholder || t("message");
}

function show(on) {
  set($("keys"), { "aria-pressed": String(on) });
  $("keyboard").hidden = !on || !chosen()?.keyboard?.rows.length;
}

// Puts words where a person writes; sends nothing.
export function put(text) {
  $("text").value = text;
  $("text").dispatchEvent(new Event("input"));
  $("text").focus();
}

export const typeInline = (text) => put(`@${state.bot.username} ${text}`);

// Suggestions: commands, or what the bot found inline

function suggest(items) {
  at = -1;
  $("suggestions").replaceChildren(...items.map(({ head, words, act }, index) =>
    element("div", { className: "suggestion", attributes: { role: "option", id: `suggestion-${index}`, "aria-selected": "false" }, on: { click: act, mousedown: (event) => event.preventDefault() } },
      element("b", { text: head }), element("span", { text: words }))));
  const open = items.length > 0;
  $("suggestions").hidden = !open;
  set($("text"), { "aria-controls": open ? "suggestions" : null, "aria-activedescendant": null });
  set($("menu"), { "aria-expanded": String(open) });
}

function commandItems(start) {
  return (chosen()?.commands ?? []).filter(({ command }) => `/${command}`.startsWith(start)).map(({ command, description }) => ({
    head: `/${command}`, words: description, act: () => send(`/${command}`),
  }));
}

function typed() {
  const text = $("text").value;
  drafts.set(state.chosen, text);
  clearTimeout(asking);
  const bot = `@${state.bot.username} `;
  if (text.startsWith(bot)) asking = setTimeout(() => askInline(text.slice(bot.length)), INLINE_MS);
  else suggest(/^\/\w*$/u.test(text) ? commandItems(text) : []);
}

async function askInline(text) {
  const id = state.chosen;
  const found = await attempt(api.inline(id, text));
  if (!found || state.chosen !== id || !$("text").value.endsWith(text)) return;
  suggest(found.results.map((result, number) => ({
    head: result.title ?? "", words: result.description ?? "",
    act: () => { clearText(); attempt(api.choose(id, found.query, number)); },
  })));
}

function step(by) {
  const all = [...$("suggestions").children];
  at = (at + by + all.length) % all.length;
  all.forEach((node, index) => set(node, { "aria-selected": String(index === at) }));
  all[at].scrollIntoView({ block: "nearest" });
  set($("text"), { "aria-activedescendant": all[at].id });
}

function clearText() {
  $("text").value = "";
  drafts.delete(state.chosen);
  suggest([]);
}

async function send(text) {
  if (!text) return;
  const id = state.chosen;
  clearText();
  if (await attempt(api.send(id, text)) === null && state.chosen === id) put(text);
}

function pressed(event) {
  const open = !$("suggestions").hidden;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (open && event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    suggest([]);
  } else if (open && (event.key === "Tab" || event.key === "Enter") && at >= 0) {
    event.preventDefault();
    $("suggestions").children[at].click();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("write").requestSubmit();
  }
}

export function listenToComposer() {
  $("write").addEventListener("submit", (event) => {
    event.preventDefault();
    send($("text").value.trim());
  });
  $("text").addEventListener("input", typed);
  $("text").addEventListener("keydown", pressed);
  $("menu").addEventListener("click", () => {
    suggest($("suggestions").hidden ? commandItems("/") : []);
    $("text").focus();
  });
  $("keys").addEventListener("click", () => show($("keys").getAttribute("aria-pressed") === "false"));
  $("begin").addEventListener("click", () => {
    const person = chosen();
    if (person.blocked) attempt(api.block(person.id, false));
    else attempt(api.send(person.id, "/start"));
  });
  on("chosen", () => {
    $("text").value = drafts.get(state.chosen) ?? "";
    suggest([]);
  });
  on("drawn", drawBottom);
  on("person", (id) => { if (id === state.chosen) drawBottom(); });
}
