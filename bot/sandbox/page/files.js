// Files: seen before they are sent, dropped, pasted; photos opened in full.

import * as api from "./api.js";
import { $, element } from "./dom.js";
import { chosen, state } from "./state.js";
import { ask, attempt, toast } from "./windows.js";
import { size, t } from "./words.js";

const LARGEST = 50 * 1024 * 1024; // the sandbox's own limit

export async function offer(file) {
  const person = chosen();
  if (!file || !person) return;
  if (file.size > LARGEST) {
    toast(t("file-big"));
    return;
  }
  const picture = /^image\/(png|jpeg|webp)$/u.test(file.type);
  const caption = element("input", { attributes: { type: "text", maxlength: "1024", placeholder: t("caption"), "aria-label": t("caption") } });
  caption.value = $("text").value.trim().startsWith("/") ? "" : $("text").value.trim();
  const asPhoto = element("input", { attributes: { type: "checkbox" } });
  asPhoto.checked = picture;
  const inside = (done) => {
    caption.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); done(true); } });
    return [
      element("p", { className: "said about-file" }, element("b", { text: file.name }), element("small", { text: size(file.size) })),
      picture && element("label", { className: "check" }, asPhoto, element("span", { text: t("as-photo") })),
      caption,
    ].filter(Boolean);
  };
  if (!await ask(t("send-file"), inside, [[t("cancel"), null], [t("send"), true, "main"]])) return;
  const kind = picture && asPhoto.checked ? "photo" : "document";
  if (await attempt(api.attach(person.id, file, caption.value.trim(), kind))) $("text").value = "";
}

// A file the story hands out goes to whoever's chat is open.
export async function offerHandedOut(name) {
  const file = await attempt(api.handedOut(name));
  if (file) await offer(file);
}

export function openPhoto(message) {
  const url = api.fileUrl(message.file);
  const image = element("img", { attributes: { src: url, alt: message.text || t("photo") } });
  const save = element("a", { className: "as-button", text: t("save"), attributes: { href: url, download: message.file.name } });
  return ask(t("photo"), () => [image, message.protected ? element("p", { text: t("protected") }) : save], [[t("close"), null]], "viewer");
}

export function listenForFiles() {
  const main = $("chat");
  let depth = 0;
  const over = (event) => event.dataTransfer?.types.includes("Files") && state.chosen !== null && !$("bottom").hidden;
  main.addEventListener("dragenter", (event) => {
    if (!over(event)) return;
    depth += 1;
    $("drop").hidden = false;
  });
  main.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    $("drop").hidden = depth === 0;
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    $("drop").hidden = true;
    if (over(event)) offer(event.dataTransfer.files[0]);
  });
  $("text").addEventListener("paste", (event) => {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    offer(file);
  });
  $("clip").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    const [file] = $("file").files;
    await offer(file);
    $("file").value = "";
  });
}
