// Making elements: what comes from the bot is only ever text.

export function element(tag, { text, className, attributes = {}, on = {} } = {}, ...children) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [name, handler] of Object.entries(on)) made.addEventListener(name, handler);
  made.append(...children.filter(Boolean));
  return made;
}

export const time = (iso) => new Date(iso).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });

export const day = (iso) => new Date(iso).toLocaleDateString("ru", { day: "numeric", month: "long", year: "numeric" });

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} КБ` : `${(bytes / 1024 / 1024).toFixed(1)} МБ`;
}
