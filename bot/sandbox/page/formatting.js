// Text and entities into elements. Offsets are in UTF-16 units, as JavaScript counts; entities nest properly.

import { element } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE = new Set(["http:", "https:", "tg:", "mailto:"]);

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
    const around = wrapper(entity, text.slice(entity.offset, stop), say);
    around.append(piece(text, entity.offset, stop, inner, say));
    nodes.append(around);
    at = stop;
  }
  if (at < end) nodes.append(text.slice(at, end));
  return nodes;
}

function wrapper(entity, words, say) {
  if (TAGS[entity.type]) return element(TAGS[entity.type]);
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(words);
  if (entity.type === "email") return link(`mailto:${words}`);
  if (entity.type === "bot_command") return element("button", { className: "command", attributes: { type: "button" }, on: { click: () => say(words) } });
  if (entity.type === "spoiler") {
    const spoiler = element("span", { className: "spoiler" });
    spoiler.addEventListener("click", () => spoiler.classList.add("open"));
    return spoiler;
  }
  return element("span", { className: `entity-${entity.type.replace(/[^a-z_]/g, "")}` });
}

function link(href) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return element("span");
  }
  if (!SAFE.has(url.protocol)) return element("span");
  return element("a", { attributes: { href: url.href, target: "_blank", rel: "noopener noreferrer" } });
}
