// Light, dark or as the system; Russian or English.

import { $, set } from "./dom.js";
import { icon } from "./icons.js";
import { remember, remembered, tell } from "./state.js";
import { dress, speak, t, tongue } from "./words.js";

const NEXT = { auto: "light", light: "dark", dark: "auto" };

function wear() {
  const look = remembered("look") || "auto";
  set(document.documentElement, { "data-look": look === "auto" ? null : look });
  const label = t(`look-${look}`);
  const dark = look === "dark" || (look === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  $("look").replaceChildren(icon(dark ? "moon" : "sun"));
  set($("look"), { "aria-label": label, title: label, "data-mode": look });
  $("language").textContent = tongue() === "ru" ? "EN" : "RU";
  set($("language"), { "aria-label": t("language"), title: t("language"), lang: tongue() === "ru" ? "en" : "ru" });
}

export function listenToLook() {
  $("look").addEventListener("click", () => {
    remember("look", NEXT[remembered("look") || "auto"]);
    wear();
  });
  $("language").addEventListener("click", () => {
    speak(tongue() === "ru" ? "en" : "ru");
    dress();
    wear();
    tell("language");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wear);
  dress();
  wear();
}
