// One message as it stands in the chat.

import { fileUrl } from "./api.js";
import { element, size, time } from "./dom.js";
import { formatted } from "./formatting.js";

const MARKS = { url: "↗", web_app: "▣", copy_text: "⧉", switch_inline_query: "↪", switch_inline_query_current_chat: "↪" };

// `acts`: say(text), tap(message, row, column, button), find(id) → message.
export function drawn(message, acts) {
  const side = message.from_bot ? "from-bot" : "from-person";
  if (message.pinned) {
    return element("article", { className: "message service", text: `📌 Закреплено: ${acts.find(message.pinned)?.text ?? "сообщение"}` });
  }
  const bubble = element(
    "div", { className: "bubble" },
    message.forwarded && element("p", { className: "note", text: "Переслано" }),
    message.via_bot && element("p", { className: "note", text: `через @${message.via_bot}` }),
    message.reply_to && quote(acts.find(message.reply_to)),
    message.file && file(message.file),
    message.text && text(message, acts),
    foot(message),
  );
  return element("article", { className: `message ${side}`, attributes: { "data-id": message.id } }, bubble, buttons(message, acts));
}

function text(message, acts) {
  return element("div", { className: "text" }, formatted(message.text, message.entities, acts.say));
}

function quote(to) {
  return element("p", { className: "quote", text: to ? to.text || to.file?.name || "" : "Удалённое сообщение" });
}

function file(it) {
  if (it.kind === "photo") {
    return element("img", { className: "photo", attributes: { src: fileUrl(it), alt: "Изображение", width: it.width, height: it.height, loading: "lazy" } });
  }
  return element(
    "a", { className: "file", attributes: { href: fileUrl(it), download: it.name } },
    element("span", { className: "file-mark", text: "📄" }),
    element("span", {}, element("b", { text: it.name }), element("small", { text: size(it.size) })),
  );
}

function foot(message) {
  const marks = [];
  if (message.protected) marks.push("🔒");
  if (message.silent) marks.push("🔕");
  if (message.edited) marks.push("изменено");
  marks.push(time(message.date));
  const title = message.protected ? "Сообщение нельзя переслать и сохранить" : "";
  return element("p", { className: "foot", text: marks.join(" "), attributes: { title } });
}

function buttons(message, acts) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row, y) => element("div", { className: "row" }, ...row.map((button, x) => one(message, button, y, x, acts))));
  return element("div", { className: "buttons" }, ...rows);
}

function one(message, button, row, column, acts) {
  const made = element("button", { className: `inline ${button.style}`, text: button.label, attributes: { type: "button" } });
  if (MARKS[button.kind]) made.append(element("span", { className: "mark", text: MARKS[button.kind] }));
  made.addEventListener("click", () => acts.tap(message, row, column, made));
  return made;
}
