// Links: the bot's own open in this page, as anybody; all others ask first.

import { element, face } from "./dom.js";
import * as api from "./api.js";
import { state } from "./state.js";
import { ask, attempt } from "./windows.js";
import { t } from "./words.js";

// The payload of a link to this bot: "" for a bare one, null for a link to anything else.
export function payloadOf(href) {
  const url = new URL(href);
  const name = state.bot.username?.toLowerCase();
  if (!name) return null;
  const bare = url.pathname.replace(/^\/+/u, "").toLowerCase();
  if (["t.me", "telegram.me"].includes(url.hostname) && bare === name) return url.searchParams.get("start") ?? "";
  if (url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === name) return url.searchParams.get("start") ?? "";
  return null;
}

export async function followLink(href) {
  const payload = payloadOf(href);
  if (payload !== null) return openAs(payload);
  const shown = () => [element("p", { className: "said address", text: href })];
  if (await ask(t("link-words"), shown, [[t("cancel"), null], [t("open"), true, "main"]])) window.open(href, "_blank", "noopener,noreferrer");
  return null;
}

async function openAs(payload) {
  const people = [...state.people.values()].sort((a, b) => Number(a.started) - Number(b.started));
  const list = (done) => [
    element("p", { className: "said", text: t("as-whom-words") }),
    element("div", { className: "choices" }, ...people.map((person) =>
      element("button", { attributes: { type: "button" }, on: { click: () => done(person.id) } }, face(person, "small"),
        element("span", {}, element("b", { text: person.name }), element("small", { text: person.about }))))),
  ];
  const id = await ask(t("as-whom"), list, [[t("cancel"), null]]);
  if (id !== null) await startAs(id, payload);
}

// How a chat is opened: told by app.js, for chats show links and would import each other in a circle.
let open = async () => null;

export const opensWith = (way) => { open = way; };

export async function startAs(id, payload) {
  await open(id);
  return attempt(api.send(id, payload ? `/start ${payload}` : "/start"));
}
