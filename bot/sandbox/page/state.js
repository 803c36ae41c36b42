// What the page knows, and who is told when it changes.

export const state = {
  bot: { name: "", username: "" },
  people: new Map(), // id → person
  chats: new Map(), // id → { messages: Map of id → message, complete }: those opened so far
  chosen: null, // whose chat is open
  stage: {}, // bot/sandbox/stage.py
  trouble: {},
};

const listeners = new Map();

export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

export function tell(kind, ...what) {
  for (const listener of listeners.get(kind) ?? []) listener(...what);
}

export const chosen = () => state.people.get(state.chosen);
export const messagesOf = (id) => state.chats.get(id)?.messages;

const PREFIX = "sandbox-";

export function remembered(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch { /* as above */ }
}
