// Text and entities into elements. Offsets are in UTF-16 units, as JavaScript counts; entities nest properly.

import { element, set } from "./dom.js";
import { followLink } from "./links.js";
import { t } from "./words.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };
const SAFE = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);
const LONG_QUOTE = 160; // characters, or lines below: then an expandable quote is folded
const LINES = 3;

// `say(text)` is called when a command in the text is pressed.
export function formatted(text, entities, say) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, 0, text.length, ordered, say);
}

function piece(text, start, end, entities, say) {
  const nodes = document.createDocumentFragment();
  let at = start;
  let left = entities;
  while (left.length) {
    const [entity, ...rest] = left;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= entity.offset) {
      left = rest;
      continue;
    }
    if (entity.offset > at) nodes.append(text.slice(at, entity.offset));
    const inner = rest.filter((other) => other.offset < stop);
    left = rest.filter((other) => other.offset >= stop);
    const words = text.slice(entity.offset, stop);
    const around = wrapper(entity, words, say);
    const inside = around.querySelector(".inside") ?? around;
    inside.append(piece(text, entity.offset, stop, inner, say));
    nodes.append(around);
    at = stop;
    if (isBlock(entity) && text[at] === "\n") at += 1; // a block ends its line by itself
  }
  if (at < end) nodes.append(text.slice(at, end));
  return nodes;
}

const isBlock = (entity) => ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);

function wrapper(entity, words, say) {
  switch (entity.type) {
    case "pre": return code(entity.language);
    case "blockquote": return element("blockquote");
    case "expandable_blockquote": return foldable(words);
    case "spoiler": return spoiler();
    case "text_link": return link(entity.url);
    case "url": return link(/^[a-z][a-z\d+.-]*:/iu.test(words) ? words : `https://${words}`);
    case "email": return link(`mailto:${words}`);
    case "phone_number": return link(`tel:${words.replace(/[^+\d]/g, "")}`);
    case "bot_command": return element("button", { className: "command", attributes: { type: "button" }, on: { click: () => say(words) } });
    default: return element(TAGS[entity.type] ?? "span", { className: TAGS[entity.type] ? "" : `entity ${entity.type.replace(/[^a-z_]/g, "")}` });
  }
}

function code(language) {
  return element("pre", {}, language && element("span", { className: "tongue", text: language }), element("code", { className: "inside" }));
}

function foldable(words) {
  const inside = element("div", { className: "inside" });
  if (words.length < LONG_QUOTE && words.split("\n").length <= LINES) return element("blockquote", {}, inside);
  const quote = element("blockquote", { className: "folded" }, inside);
  const more = element("button", { className: "fold", text: t("more-quote"), attributes: { type: "button", "aria-expanded": "false" } });
  more.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    more.textContent = t(folded ? "more-quote" : "less-quote");
    set(more, { "aria-expanded": String(!folded) });
  });
  quote.append(more);
  return quote;
}

function spoiler() {
  const made = element("span", { className: "spoiler", attributes: { role: "button", tabindex: "0", "aria-label": t("spoiler") } }, element("span", { className: "inside" }));
  const open = () => {
    made.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) made.removeAttribute(name);
  };
  made.addEventListener("click", open);
  made.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
  return made;
}

function link(href) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return element("span");
  }
  if (!SAFE.has(url.protocol)) return element("span");
  const made = element("a", { attributes: { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href } });
  made.addEventListener("click", (event) => {
    event.preventDefault();
    followLink(url.href);
  });
  return made;
}
