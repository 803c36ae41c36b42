// What whoever runs the sandbox adds: the story's strip, the clock, how the bot is.

import * as api from "./api.js";
import { openChat } from "./chat.js";
import { put } from "./composer.js";
import { $, button, element, face, set } from "./dom.js";
import { offerHandedOut } from "./files.js";
import { icon } from "./icons.js";
import { turn } from "./people.js";
import { on, remember, remembered, state } from "./state.js";
import { attempt, menu } from "./windows.js";
import { moment, t, tongue, told } from "./words.js";

let heardAt = 0; // when the clock was told, by performance.now()
let last = null; // the step that was drawn last
let played = "";

export function staged(parts) {
  Object.assign(state.stage, parts);
  if (parts.clock) heardAt = performance.now();
  drawBot();
  drawClock();
  drawTour();
}

// The bot and the clock

function drawBot() {
  const how = state.stage.bot?.state;
  $("bot-state").hidden = !how;
  if (!how) return;
  $("bot-state").className = `bot-state ${how}`;
  $("bot-state").textContent = t(`bot-${how}`);
  document.body.dataset.bot = how;
}

function now() {
  const { clock } = state.stage;
  return clock.stopped ? clock.now : new Date(Date.parse(clock.now) + performance.now() - heardAt).toISOString();
}

function drawClock() {
  const { clock } = state.stage;
  $("clock").hidden = !clock;
  if (!clock) return;
  const when = moment(now());
  const held = $("clock").contains(document.activeElement);
  $("clock").replaceChildren(element("button", {
    className: "clock-button",
    attributes: { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("clock", { when }), title: t("clock-words") },
    on: { click: (event) => menu(event.currentTarget, jumps()) },
  }, icon("clock"), element("span", { text: when }), icon("down", "tiny")));
  if (held) $("clock").firstElementChild.focus();
}

const jumps = () => state.stage.clock.jumps.map(({ id, words, to }) => [to ? `${told(words)} · ${moment(to)}` : told(words), () => attempt(api.act("jump", { id }))]);

// The story

function drawTour() {
  const { tour } = state.stage;
  $("tour").hidden = !tour;
  if (!tour) return;
  const folded = remembered("tour") === "folded";
  $("tour").classList.toggle("folded", folded);
  const step = tour.steps[tour.at];
  const held = $("tour").contains(document.activeElement) ? document.activeElement.dataset.act : null;
  $("tour").replaceChildren(bar(tour), folded ? fold() : step ? scene(tour, step) : over());
  if (held) $("tour").querySelector(`[data-act="${held}"]`)?.focus();
  hint();
  const moved = last !== tour.at;
  last = tour.at; // before the chat is opened: that draws the story again
  if (tour.playing && step?.who && step.who !== state.chosen && (moved || tour.playing !== played)) openChat(step.who);
  played = tour.playing;
}

function bar(tour) {
  const done = element("span", { className: "done" });
  done.style.width = `${(100 * tour.at) / tour.steps.length}%`;
  return element("div", { className: "bar", attributes: { role: "progressbar", "aria-label": t("tour"), "aria-valuemin": "0", "aria-valuemax": tour.steps.length, "aria-valuenow": tour.at } }, done);
}

function fold() {
  return element("div", { className: "tour-line" }, act("show", t("tour-show"), () => folding(false), "quiet"));
}

function folding(on) {
  remember("tour", on ? "folded" : "");
  drawTour();
}

const act = (name, label, handler, className, more = {}) => button(label, handler, className, { "data-act": name, ...more });

function over() {
  return element("div", { className: "tour-line" }, element("p", { className: "tour-words", text: `🎉 ${t("tour-end")}` }),
    element("div", { className: "tour-acts" }, act("again", t("tour-again"), () => attempt(api.act("again")), "quiet"), act("hide", t("tour-hide"), () => folding(true), "quiet")));
}

function scene(tour, step) {
  const person = state.people.get(step.who);
  const awake = state.stage.bot?.state !== "waking";
  const what = t(`do-${step.kind}`, { what: step.kind === "clock" ? moment(step.to) : step.what });
  return element("div", { className: "tour-line" },
    element("div", { className: "tour-words" },
      element("p", { className: "tour-scene" }, element("span", { className: "tour-number", text: t("step", { n: tour.at + 1, all: tour.steps.length }) }), element("span", { text: told(tour.scenes[step.scene]) })),
      element("p", { className: "tour-turn", attributes: { "aria-live": "polite" } }, person && face(person, "tiny"), person && element("b", { text: `${person.name}: ` }), element("span", { text: awake ? what : t("tour-wait") })),
      tour.trouble && element("p", { className: "tour-trouble", text: told(tour.trouble) })),
    element("div", { className: "tour-acts" }, ...(awake ? acts(tour, step, person) : []),
      element("button", { className: "icon", attributes: { type: "button", "aria-label": t("tour-hide"), title: t("tour-hide"), "data-act": "hide" }, on: { click: () => folding(true) } }, icon("close"))));
}

function acts(tour, step, person) {
  if (tour.playing === "all") return [act("pause", t("tour-pause"), () => attempt(api.act("pause")), "main")];
  const busy = { disabled: Boolean(tour.playing) };
  const found = [];
  if (step.kind === "clock") found.push(act("clock", t("tour-go"), () => attempt(api.act("step")), "main", busy));
  else if (person && person.id !== state.chosen) found.push(act("open", t("tour-open", { name: person.name }), () => go(step), "main"));
  else if (step.kind === "file") found.push(act("file", t("tour-attach", { name: step.what }), () => offerHandedOut(step.what), "main"));
  else if (step.kind === "send" && person?.started) found.push(act("put", step.what, () => put(step.what), "main secret"));
  if (step.kind !== "clock") found.push(act("step", t("tour-play-one"), () => attempt(api.act("step")), "quiet", busy));
  found.push(act("play", t("tour-play-all"), () => attempt(api.act("play")), "quiet", busy));
  return found;
}

async function go(step) {
  await openChat(step.who, { focus: true });
  if (step.kind === "send" && !$("text").value && state.people.get(step.who).started) put(step.what);
}

// What to press shines.
function hint() {
  const { tour } = state.stage;
  const step = tour?.steps[tour.at];
  for (const node of document.querySelectorAll(".hint")) node.classList.remove("hint");
  turn(step?.who ?? null);
  if (!step || step.who !== state.chosen || tour.playing) return;
  if (step.kind === "open") return void $("paper").querySelector(".main")?.classList.add("hint");
  if (step.kind === "start") return void $("begin").classList.add("hint");
  if (step.kind !== "tap") return;
  const labels = step.labels ?? [step.what];
  for (const message of [...$("messages").querySelectorAll(".message.bot")].reverse().slice(0, 12)) {
    const keys = [...message.querySelectorAll(".key")];
    const found = labels.map((label) => keys.find((key) => bare(key.title) === bare(label)) ?? keys.find((key) => key.title.includes(label))).find(Boolean);
    if (found) return void found.classList.add("hint");
  }
}

const bare = (label) => label.replace(/^[^\p{L}\p{N}«"']+/u, "").trim();

export function listenToStage() {
  on("language", () => staged({}));
  on("drawn", hint);
  on("chosen", () => { if (state.stage.tour) drawTour(); });
  setInterval(() => { if (state.stage.clock && !state.stage.clock.stopped && document.visibilityState === "visible" && !document.querySelector(".popup")) drawClock(); }, 20_000);
  set($("tour"), { lang: tongue() });
}
