// Pressed inline buttons: progress until the bot has answered, then its toast or window.

import * as api from "./api.js";
import { openAsLink, typeInline } from "./composer.js";
import { $, set } from "./dom.js";
import { payloadOf } from "./links.js";
import { state } from "./state.js";
import { attempt, tell, toast } from "./windows.js";
import { t } from "./words.js";

const PATIENCE_MS = 15_000; // Telegram's own
const waiting = new Map(); // chat:message:row:column → query, "" while it is not known
const early = new Set(); // queries answered before their number came back

const keyOf = (message, row, column) => `${message.chat}:${message.id}:${row}:${column}`;

export const isPressed = (message, row, column) => waiting.has(keyOf(message, row, column));

export async function press(message, one, row, column) {
  if (one.kind === "url" && payloadOf(one.url) !== null) return openAsLink(one.url);
  if (one.kind === "url") return openAsLink(one.url);
  if (one.kind === "switch_inline_query_current_chat") return typeInline(one.inline ?? "");
  const key = keyOf(message, row, column);
  if (waiting.has(key)) return null;
  if (one.kind === "callback_data") mark(key, "");
  const answer = await attempt(api.tap(message.chat, { message: message.id, row, column }));
  if (answer?.copy) {
    await navigator.clipboard?.writeText(answer.copy).catch(() => null);
    toast(t("copied"));
  }
  if (!answer?.query || early.delete(answer.query)) return clear(key);
  waiting.set(key, answer.query);
  setTimeout(() => { if (waiting.get(key) === answer.query && clear(key)) toast(t("no-answer")); }, PATIENCE_MS);
  return null;
}

// The bot answered.
export function answered({ chat, query, text, alert, url }) {
  const key = [...waiting].find(([, value]) => value === query)?.[0];
  if (key) clear(key);
  else {
    early.add(query);
    setTimeout(() => early.delete(query), PATIENCE_MS);
  }
  if (chat !== state.chosen) return;
  if (text && alert) tell(state.bot.name, text);
  else if (text) toast(text);
  if (url) openAsLink(url);
}

function mark(key, query) {
  waiting.set(key, query);
  show(key, true);
}

function clear(key) {
  show(key, false);
  return waiting.delete(key);
}

function show(key, on) {
  const [chat, message, row, column] = key.split(":");
  if (Number(chat) !== state.chosen) return;
  const node = $("messages").querySelector(`[data-id="${message}"] [data-key="${row}:${column}"]`);
  node?.classList.toggle("waiting", on);
  if (node) set(node, { "aria-busy": on ? "true" : null });
}
