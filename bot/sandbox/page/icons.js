// Line icons, 24 × 24.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  clip: "M20 11.500 12 19.500a5 5 0 0 1-7-7l8.500-8.500a3.500 3.500 0 0 1 5 5L10 17.500a2 2 0 0 1-3-3l7.500-7.500",
  send: "M4 12 20 4.500 15.500 20l-3.500-6.500zM12 13.500l8-9",
  keys: "M4 6h16v12H4zM8 10v.01M12 10v.01M16 10v.01M8 14h8",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M4.900 4.900l1.400 1.400M17.700 17.700l1.400 1.400M2 12h2M20 12h2M4.900 19.100l1.400-1.400M17.700 6.300l1.400-1.400",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z",
  wire: "M4 8h13M14 5l3 3-3 3M20 16H7M10 13l-3 3 3 3",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.500 2",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  mute: "M6 9a6 6 0 0 1 10-4M18 9c0 5 2 6 2 8H6M10 20h4M4 4l16 16",
  pin: "M9 4h6l-1 7 3 3H7l3-3zM12 14v6",
  play: "M7 5l12 7-12 7z",
  pause: "M8 5v14M16 5v14",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  menu: "M5 7h14M5 12h14M5 17h14",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
};

export function icon(name, className = "") {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("class", `svg ${className}`);
  made.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  made.append(path);
  return made;
}

// ✓ or ✓✓: the message is on its way; the bot has it.
export function ticks(taken) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 20 12");
  made.setAttribute("class", "ticks");
  made.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", taken ? "M1.500 6.500 5 10l6.500-8M9 9l1 1 6.500-8" : "M4.500 6.500 8 10l6.500-8");
  made.append(path);
  return made;
}
