// One message as it stands in the chat.

import { fileUrl } from "./api.js";
import { element, set } from "./dom.js";
import { openPhoto } from "./files.js";
import { formatted } from "./formatting.js";
import { icon, ticks } from "./icons.js";
import { isPressed, press } from "./presses.js";
import { messagesOf } from "./state.js";
import { size, t, time } from "./words.js";

const MARKS = { url: "↗\uFE0E", web_app: "▣", copy_text: "⧉", switch_inline_query: "↪", switch_inline_query_current_chat: "↪" };
const DEEP = /^\/start\s+\S+$/u; // Telegram shows a deep link's start without its payload

export const shownText = (message) => (!message.from_bot && DEEP.test(message.text) ? "/start" : message.text);

// `say(text)`: a command in the text was pressed.
export function drawn(message, say) {
  if (message.pinned) {
    const what = find(message, message.pinned);
    return element("article", { className: "message service", attributes: { "data-id": message.id } }, element("span", { className: "pill", text: t("pinned-what", { text: what ? gist(what) : t("deleted") }) }));
  }
  const side = message.from_bot ? "bot" : "mine";
  const bare = message.file?.kind === "photo" && !message.text;
  const bubble = element(
    "div", { className: `bubble${bare ? " bare" : ""}` },
    message.forwarded && element("p", { className: "note", text: t("forwarded") }),
    message.via_bot && element("p", { className: "note", text: t("via", { name: message.via_bot }) }),
    message.reply_to && quote(find(message, message.reply_to)),
    message.file && file(message),
    element("div", { className: "text", attributes: { dir: "auto" } }, formatted(shownText(message), message.entities, say), foot(message)),
  );
  return element(
    "article", { className: `message ${side}`, attributes: { "data-id": message.id, "aria-label": `${message.from_bot ? t("bot") : message.sender}, ${time(message.date)}` } },
    bubble, buttons(message),
  );
}

const find = (message, id) => messagesOf(message.chat)?.get(id);

// A message in a line.
export function gist(message) {
  return (shownText(message) || (message.file?.kind === "photo" ? t("photo") : message.file?.name) || "").replace(/\s+/gu, " ").slice(0, 120);
}

function quote(to) {
  return element("p", { className: "quote", text: to ? gist(to) : t("deleted") });
}

function file(message) {
  const it = message.file;
  if (it.kind === "photo") {
    const wide = Math.min(it.width || 320, 420);
    const image = element("img", { attributes: { src: fileUrl(it), alt: message.text ? "" : t("photo"), width: wide, height: Math.round((wide * (it.height || 240)) / (it.width || 320)), loading: "lazy", decoding: "async" } });
    return element("button", { className: "photo", attributes: { type: "button", "aria-label": t("photo-open") }, on: { click: () => openPhoto(message) } }, image);
  }
  const kind = /\.([a-z\d]{1,5})$/iu.exec(it.name)?.[1] ?? "";
  return element(
    "a", { className: "file", attributes: { href: fileUrl(it), download: it.name, title: t("save") } },
    element("span", { className: `file-mark kind-${kind.toLowerCase()}`, text: kind || "…", attributes: { "aria-hidden": "true" } }),
    element("span", { className: "file-name" }, element("b", { text: it.name }), element("small", { text: size(it.size) })),
  );
}

function foot(message) {
  const made = element("span", { className: "foot" });
  if (message.protected) made.append(marked(icon("lock"), t("protected")));
  if (message.silent) made.append(marked(icon("mute"), t("silent")));
  if (message.edited) made.append(element("span", { className: "edited", text: t("edited") }));
  made.append(element("time", { text: time(message.date), attributes: { datetime: message.date } }));
  if (!message.from_bot) made.append(marked(ticks(message.taken), t(message.taken ? "taken" : "on-its-way")));
  return made;
}

function marked(svg, words) {
  return element("span", { className: "mark", attributes: { role: "img", "aria-label": words, title: words } }, svg);
}

function buttons(message) {
  if (!message.buttons.length) return null;
  return element("div", { className: "buttons" }, ...message.buttons.map((row, y) => element("div", { className: "row" }, ...row.map((one, x) => key(message, one, y, x)))));
}

function key(message, one, row, column) {
  const waiting = isPressed(message, row, column);
  const made = element("button", { className: `key ${one.style} ${waiting ? "waiting" : ""}`, attributes: { type: "button", title: one.label, "data-key": `${row}:${column}` } }, element("span", { text: one.label }));
  set(made, { "aria-busy": waiting ? "true" : null });
  if (MARKS[one.kind]) made.append(element("i", { text: MARKS[one.kind], attributes: { "aria-hidden": "true" } }));
  made.addEventListener("click", () => press(message, one, row, column));
  return made;
}
