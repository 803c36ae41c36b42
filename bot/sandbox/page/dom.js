// Making elements: what comes from the bot is only ever text.

export const $ = (id) => document.getElementById(id);

export function element(tag, { text, className, attributes = {}, on = {} } = {}, ...children) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  set(made, attributes);
  for (const [name, handler] of Object.entries(on)) made.addEventListener(name, handler);
  made.append(...children.filter(Boolean));
  return made;
}

// `true` is an attribute without a value; what is null, undefined or false is left out.
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : value);
  }
}

export function button(label, handler, className = "", attributes = {}) {
  return element("button", { text: label, className, attributes: { type: "button", ...attributes }, on: { click: handler } });
}

// A round face with initials, coloured by the id.
export function face(person, size = "") {
  const initials = person.name.split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  return element("span", { className: `face face-${person.id % 7} ${size}`, text: initials.toUpperCase(), attributes: { "aria-hidden": "true" } });
}
