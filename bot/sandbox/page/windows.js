// What stands above the page: toasts, windows with a question, menus.

import { $, button, element } from "./dom.js";
import { t } from "./words.js";

const TOAST_MS = 4000;

export function toast(text) {
  const made = element("p", { className: "toast", text });
  $("toasts").append(made);
  setTimeout(() => made.remove(), TOAST_MS);
}

export const forgetToasts = () => $("toasts").replaceChildren();

// Read aloud by a screen reader, seen by nobody.
export function announce(text) {
  $("heard").replaceChildren(element("p", { text }));
}

// The promise's answer; null and a toast when it did not work.
export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(t("failed", { why: error.message }));
    return null;
  }
}

// A window with `inside` and buttons: [label, value, class?]. Resolves to the value; null when it was closed otherwise.
export function ask(title, inside, buttons, className = "") {
  return new Promise((resolve) => {
    const dialog = element("dialog", { className, attributes: { "aria-label": title } });
    let chosen = null;
    const done = (value) => { chosen = value; dialog.close(); };
    const row = buttons.map(([label, value, look]) => button(label, () => done(value), look ?? ""));
    dialog.append(element("h3", { text: title }), ...inside(done), element("div", { className: "answers" }, ...row));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(chosen); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const tell = (title, text) => ask(title, () => [element("p", { className: "said", text })], [[t("ok"), true, "main"]], "alert");

export const sure = (text, yes) => ask(text, () => [], [[t("cancel"), null], [yes, true, "main"]]);

// A menu below its button. `items`: [label, act, class?].
export function menu(opener, items) {
  const close = (focus) => {
    made.remove();
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) opener.focus();
  };
  const outside = (event) => { if (!made.contains(event.target)) close(false); };
  const nodes = items.map(([label, act, className]) =>
    element("button", { text: label, className: className ?? "", attributes: { type: "button", role: "menuitem" }, on: { click: () => { close(true); act(); } } }));
  const made = element("div", { className: "popup", attributes: { role: "menu", "aria-label": opener.getAttribute("aria-label") ?? "" } }, ...nodes);
  made.addEventListener("keydown", (event) => {
    const at = nodes.indexOf(document.activeElement);
    if (event.key === "ArrowDown") nodes[(at + 1) % nodes.length].focus();
    else if (event.key === "ArrowUp") nodes[(at + nodes.length - 1) % nodes.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const box = opener.getBoundingClientRect();
  document.body.append(made);
  made.style.top = `${Math.round(box.bottom + 4)}px`;
  made.style.left = `${Math.round(Math.max(8, Math.min(box.left, innerWidth - made.offsetWidth - 8)))}px`;
  opener.setAttribute("aria-expanded", "true");
  setTimeout(() => document.addEventListener("pointerdown", outside, true));
  nodes[0]?.focus();
}
