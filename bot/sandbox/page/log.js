// The wire log: what the bot asked of Telegram and what it was told.

import { element } from "./dom.js";

const KEPT = 200;

export function called(list, call) {
  if (call.method === "getUpdates" && call.answer?.ok && !call.answer.result.length) return;
  const outcome = call.fault ?? (call.answer?.ok ? "" : call.answer?.description ?? "");
  list.append(element(
    "li", { className: outcome ? "bad" : "" },
    element("details", {},
      element("summary", {}, element("b", { text: call.method }), element("span", { text: ` ${(call.took * 1000).toFixed(1)} мс ${outcome}` })),
      element("pre", { text: JSON.stringify(call.params, null, 2) }),
      element("pre", { text: JSON.stringify(call.answer, null, 2) })),
  ));
  while (list.children.length > KEPT) list.firstChild.remove();
  list.scrollTop = list.scrollHeight;
}
