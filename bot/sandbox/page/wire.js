// The second column: what the bot and Telegram say to each other, and the switches that make it hard for them.

import * as api from "./api.js";
import { $, button, element, set } from "./dom.js";
import { icon } from "./icons.js";
import { on, remember, remembered, state } from "./state.js";
import { attempt } from "./windows.js";
import { second, t } from "./words.js";

const KEPT = 500;
const DRAWN = 150;
const SWITCHES = ["too_many", "server_error", "latency", "outage"];
let calls = [];
let wrong = 0;
let late = null;
const filter = { text: "", polls: false, errors: false, chat: false };

const outcome = (call) => call.fault ?? (call.answer && !call.answer.ok ? call.answer.description : "");

// Calls

export function called(call) {
  calls.push(call);
  if (calls.length > KEPT) calls = calls.slice(-KEPT);
  if ($("wire").hidden || !fits(call)) return;
  $("calls").querySelector(".nothing")?.remove();
  $("calls").prepend(row(call));
  while ($("calls").children.length > DRAWN) $("calls").lastElementChild.remove();
}

export function loaded(all) {
  calls = all;
  drawCalls();
}

export function violated() {
  wrong += 1;
  drawRemarks();
}

function fits(call) {
  const poll = call.method === "getUpdates" && !outcome(call) && !call.answer?.result?.length;
  if (poll && !filter.polls) return false;
  if (filter.errors && !outcome(call)) return false;
  if (filter.chat && Number(call.params.chat_id) !== state.chosen) return false;
  return !filter.text || `${call.method} ${JSON.stringify(call.params)} ${JSON.stringify(call.answer)}`.toLowerCase().includes(filter.text);
}

function row(call) {
  const bad = outcome(call);
  const whom = state.people.get(Number(call.params.chat_id))?.name;
  const told = call.params.text ?? call.params.caption ?? Object.values(call.files ?? {})[0]?.name ?? (call.method === "getUpdates" ? arrived(call) : "");
  const made = element("details", { className: bad ? "bad" : "" }, element("summary", {},
    element("span", { className: "line" }, element("b", { text: call.method }), whom && element("span", { className: "whom", text: `→ ${whom}` }),
      element("time", { text: second(call.at) }), element("span", { className: "took", text: t("ms", { n: (call.took * 1000).toFixed(call.took < 0.01 ? 1 : 0) }) })),
    element("span", { className: "told", text: bad || String(told).replace(/<[^>]*>/gu, "").replace(/\s+/gu, " ").slice(0, 160) })));
  made.addEventListener("toggle", () => { if (made.open && made.children.length === 1) made.append(...bodies(call)); });
  return element("li", {}, made);
}

const arrived = (call) => (call.answer?.result ?? []).map((update) => Object.keys(update).find((name) => name !== "update_id")).join(", ");

function bodies(call) {
  return [[t("wire-params"), { ...call.params, ...call.files }], [t("wire-answer"), call.answer ?? call.fault]].flatMap(([title, body]) => [
    element("h4", { text: title }), element("pre", { text: JSON.stringify(body, null, 2), attributes: { tabindex: "0" } }),
  ]);
}

function drawCalls() {
  if ($("wire").hidden || !$("calls")) return;
  const found = calls.filter(fits).slice(-DRAWN).reverse();
  $("calls").replaceChildren(...(found.length ? found.map(row) : [element("li", { className: "nothing", text: t("wire-empty") })]));
}

function drawRemarks() {
  const node = $("remarks");
  if (!node) return;
  node.hidden = !wrong;
  node.textContent = t("wrong", { n: wrong });
}

// Trouble

function drawSwitches() {
  const bot = state.stage.bot;
  for (const name of SWITCHES) {
    const box = $(`trouble-${name}`);
    if (box) box.checked = Boolean(state.trouble[name]);
  }
  set($("show-wire"), { "data-trouble": SWITCHES.some((name) => state.trouble[name]) });
  const process = $("process");
  if (!process || !bot) return;
  process.hidden = false;
  process.replaceChildren(
    element("p", { className: `bot-state ${bot.state}`, text: t("process", { state: t(`bot-${bot.state}`) }) + (bot.deaths ? ` · ${t("deaths", { n: bot.deaths })}` : "") }),
    element("div", { className: "buttons-row" },
      button(t("revive"), () => attempt(api.act("revive")), "danger", { disabled: bot.state !== "awake" }),
      bot.state === "dead" ? button(t("wake"), () => attempt(api.act("wake")), "main") : button(t("kill"), () => attempt(api.act("kill")), "danger", { disabled: bot.state !== "awake" })),
  );
}

function check(id, words, checked, changed) {
  const box = element("input", { attributes: { type: "checkbox", id, checked } });
  box.addEventListener("change", () => changed(box.checked));
  return element("label", { className: "check" }, box, element("span", { text: words }));
}

function build() {
  const search = element("input", { className: "search", attributes: { type: "search", placeholder: t("wire-filter"), "aria-label": t("wire-filter"), value: filter.text } });
  search.addEventListener("input", () => {
    filter.text = search.value.trim().toLowerCase();
    clearTimeout(late);
    late = setTimeout(drawCalls, 120);
  });
  const narrow = (name) => (value) => { filter[name] = value; drawCalls(); };
  $("wire").replaceChildren(
    element("header", { className: "wire-head" }, element("h2", { text: t("wire") }),
      element("button", { className: "icon", attributes: { type: "button", "aria-label": t("close"), id: "hide-wire" }, on: { click: () => toggle(false) } }, icon("close"))),
    element("fieldset", { className: "trouble" }, element("legend", { text: t("trouble") }),
      ...SWITCHES.map((name) => check(`trouble-${name}`, t(name), Boolean(state.trouble[name]), (value) => attempt(api.setTrouble(name, value)))),
      element("div", { attributes: { id: "process", hidden: true } })),
    element("div", { className: "filters" }, search,
      check("only-chat", t("wire-chat"), filter.chat, narrow("chat")), check("only-errors", t("wire-errors"), filter.errors, narrow("errors")), check("with-polls", t("wire-polls"), filter.polls, narrow("polls"))),
    element("p", { className: "remarks", attributes: { id: "remarks", hidden: true } }),
    element("ol", { className: "calls", attributes: { id: "calls", tabindex: "0", "aria-label": t("wire") } }),
  );
  drawSwitches();
  drawRemarks();
  drawCalls();
}

export function toggle(open = $("wire").hidden) {
  $("wire").hidden = !open;
  document.body.classList.toggle("wired", open);
  set($("show-wire"), { "aria-pressed": String(open) });
  remember("wire", open ? "open" : "");
  if (open) build();
  else $("show-wire").focus();
}

export function listenToWire() {
  $("show-wire").append(icon("wire"));
  $("show-wire").addEventListener("click", () => toggle());
  if (remembered("wire") === "open" && innerWidth > 1000) toggle(true);
  on("language", () => { if (!$("wire").hidden) build(); });
  on("stage", drawSwitches);
  on("trouble", drawSwitches);
  on("chosen", () => { if (filter.chat) drawCalls(); });
}
