// The page's own words, in two languages, and how it writes times and sizes.

import { remember, remembered, state } from "./state.js";

const RU = {
  people: "Люди", "people-panel": "Люди и бот", choose: "Выберите, чьими глазами смотреть: все телефоны здесь ваши", back: "К списку людей",
  more: "Действия", messages: "Переписка", message: "Сообщение", send: "Отправить", attach: "Прикрепить файл", keyboard: "Клавиатура бота",
  down: "Вниз, к новому", drop: "Отпустите: файл отправится боту", commands: "Команды", menu: "Меню",
  "not-started": "ещё не в чате", you: "Вы: ", unread: { one: "{n} непрочитанное", few: "{n} непрочитанных", many: "{n} непрочитанных" },
  begin: "Начать", "begin-words": "Этот человек ещё не открывал бота.", "open-paper": "Открыть приглашение", unblock: "Разблокировать бота", block: "Заблокировать бота",
  "blocked-words": "Бот заблокирован: он не может сюда писать.", wipe: "Очистить переписку", "wipe-sure": "Очистить переписку? Бот об этом не узнает.",
  "empty-words": "Здесь пока пусто", paper: "Приглашение", "paper-words": "Школа дала приглашение: ссылка или код из листка", code: "код {code}", "put-code": "Вписать код {code}",
  bot: "Бот", edited: "изменено", forwarded: "Переслано", via: "через @{name}", deleted: "Удалённое сообщение", pinned: "Закреплено", "pinned-what": "Закреплено: {text}",
  protected: "Нельзя переслать и сохранить", silent: "Без звука", photo: "Фото", "photo-open": "Открыть фото", save: "Сохранить", close: "Закрыть", taken: "бот получил", "on-its-way": "отправлено, бот ещё не получил",
  "more-quote": "Показать всё", "less-quote": "Свернуть", spoiler: "Скрытый текст: нажмите, чтобы показать", copied: "Скопировано", ok: "ОК", cancel: "Отмена",
  "link-words": "Открыть эту ссылку?", open: "Открыть", "as-whom": "Открыть как…", "as-whom-words": "Это приглашение в бот. Кто его откроет?",
  "send-file": "Отправить файл", "as-photo": "Отправить как фото", caption: "Подпись", "file-big": "Telegram принимает файлы до 50 МБ",
  failed: "Не получилось: {why}", "no-answer": "Бот пока не ответил на кнопку", "away": "Связь со страницей прервалась, возвращаюсь…",
  typing: "бот печатает…", upload_document: "бот отправляет файл…", upload_photo: "бот отправляет фото…", busy: "бот занят…",
  "look-auto": "Тема: как в системе", "look-light": "Тема: светлая", "look-dark": "Тема: тёмная", language: "Switch to English",
  "bot-waking": "просыпается…", "bot-awake": "на связи", "bot-dead": "убит", "bot-waking-long": "Бот просыпается: ещё несколько секунд…", "bot-dead-long": "Бот убит. Пишите и нажимайте: всё дойдёт, когда он поднимется.",
  "wire-open": "Что идёт по проводам", wire: "Что идёт по проводам", "wire-filter": "Метод или слово", "wire-polls": "опросы", "wire-errors": "только отказы", "wire-chat": "этот чат",
  "wire-empty": "Ничего не подходит", "wire-params": "Просьба", "wire-answer": "Ответ", "wire-clear": "Очистить", ms: "{n} мс", wrong: "Замечания к боту: {n}",
  trouble: "Неполадки", too_many: "Слишком часто (429)", server_error: "Ошибки сервера (500)", latency: "Медленная связь", outage: "Связи нет",
  kill: "Убить", wake: "Поднять", revive: "Убить бота и запустить снова", "process": "Процесс бота: {state}", deaths: { one: "убит {n} раз", few: "убит {n} раза", many: "убит {n} раз" },
  clock: "Часы: {when}. Перевести", "clock-words": "Перевести часы",
  tour: "История", step: "Шаг {n} из {all}", "tour-turn": "Ход:", "tour-open": "Открыть чат: {name}", "tour-play-one": "Сыграть за меня", "tour-play-all": "Сыграть всё", "tour-pause": "Пауза", "tour-hide": "Свернуть историю", "tour-show": "Показать историю",
  "tour-end": "История сыграна. Дальше — как хотите: все люди и кнопки живые.", "tour-again": "Начать сначала", "tour-go": "Перевести часы", "tour-attach": "Прикрепить «{name}»", "tour-wait": "Бот просыпается…",
  "do-open": "откройте приглашение", "do-start": "нажмите «Начать»", "do-send": "напишите {what}", "do-tap": "нажмите «{what}»", "do-file": "отправьте файл «{what}»", "do-clock": "Переведите часы: {what}",
  Б: "Б", КБ: "КБ", МБ: "МБ",
};

const EN = {
  people: "People", "people-panel": "People and the bot", choose: "Choose whose phone to hold: all of them are yours", back: "Back to people",
  more: "Actions", messages: "Conversation", message: "Message", send: "Send", attach: "Attach a file", keyboard: "The bot's keyboard",
  down: "Down to the newest", drop: "Drop it: the file goes to the bot", commands: "Commands", menu: "Menu",
  "not-started": "not in the chat yet", you: "You: ", unread: { one: "{n} unread", other: "{n} unread" },
  begin: "Start", "begin-words": "This person has not opened the bot yet.", "open-paper": "Open the invitation", unblock: "Unblock the bot", block: "Block the bot",
  "blocked-words": "The bot is blocked: it cannot write here.", wipe: "Clear the conversation", "wipe-sure": "Clear the conversation? The bot will not know.",
  "empty-words": "Nothing here yet", paper: "Invitation", "paper-words": "The school gave an invitation: a link, or a code on paper", code: "code {code}", "put-code": "Type the code {code}",
  bot: "Bot", edited: "edited", forwarded: "Forwarded", via: "via @{name}", deleted: "Deleted message", pinned: "Pinned", "pinned-what": "Pinned: {text}",
  protected: "Cannot be forwarded or saved", silent: "Without sound", photo: "Photo", "photo-open": "Open the photo", save: "Save", close: "Close", taken: "the bot has it", "on-its-way": "sent, the bot does not have it yet",
  "more-quote": "Show all", "less-quote": "Show less", spoiler: "Hidden text: press to show", copied: "Copied", ok: "OK", cancel: "Cancel",
  "link-words": "Open this link?", open: "Open", "as-whom": "Open as…", "as-whom-words": "This is an invitation to the bot. Who opens it?",
  "send-file": "Send a file", "as-photo": "Send as a photo", caption: "Caption", "file-big": "Telegram takes files up to 50 MB",
  failed: "It did not work: {why}", "no-answer": "The bot has not answered the button yet", away: "The page lost its connection, coming back…",
  typing: "the bot is typing…", upload_document: "the bot is sending a file…", upload_photo: "the bot is sending a photo…", busy: "the bot is busy…",
  "look-auto": "Theme: as the system", "look-light": "Theme: light", "look-dark": "Theme: dark", language: "По-русски",
  "bot-waking": "waking up…", "bot-awake": "online", "bot-dead": "killed", "bot-waking-long": "The bot is waking up: a few seconds more…", "bot-dead-long": "The bot is killed. Write and press: all of it arrives when it is up again.",
  "wire-open": "What goes over the wire", wire: "What goes over the wire", "wire-filter": "Method or word", "wire-polls": "polls", "wire-errors": "refusals only", "wire-chat": "this chat",
  "wire-empty": "Nothing matches", "wire-params": "Asked", "wire-answer": "Answered", "wire-clear": "Clear", ms: "{n} ms", wrong: "Remarks on the bot: {n}",
  trouble: "Trouble", too_many: "Too many requests (429)", server_error: "Server errors (500)", latency: "Slow connection", outage: "No connection",
  kill: "Kill", wake: "Start", revive: "Kill the bot and start it again", process: "The bot's process: {state}", deaths: { one: "killed {n} time", other: "killed {n} times" },
  clock: "Clock: {when}. Move it", "clock-words": "Move the clock",
  tour: "Story", step: "Step {n} of {all}", "tour-turn": "Turn:", "tour-open": "Open the chat: {name}", "tour-play-one": "Play it for me", "tour-play-all": "Play it all", "tour-pause": "Pause", "tour-hide": "Hide the story", "tour-show": "Show the story",
  "tour-end": "The story is played. Go on as you like: every person and every button is alive.", "tour-again": "Begin again", "tour-go": "Move the clock", "tour-attach": "Attach «{name}»", "tour-wait": "The bot is waking up…",
  "do-open": "open the invitation", "do-start": "press «Start»", "do-send": "write {what}", "do-tap": "press «{what}»", "do-file": "send the file «{what}»", "do-clock": "Move the clock: {what}",
  Б: "B", КБ: "KB", МБ: "MB",
};

const ALL = { ru: RU, en: EN };
let language = remembered("language") ?? (navigator.language.startsWith("en") ? "en" : "ru");
let kept = new Map(); // formatters are dear

export const tongue = () => language;

export function speak(other) {
  language = other;
  kept = new Map();
  remember("language", other);
}

// A sentence of the page, with facts in their places.
export function t(key, facts = {}) {
  let words = ALL[language][key];
  if (typeof words === "object") words = words[plural(facts.n)] ?? words.other ?? words.many;
  return words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

// Words that come with the stage: {"ru": …, "en": …}.
export const told = (words) => words?.[language] ?? words?.ru ?? "";

function plural(n) {
  return formatter("plural", () => new Intl.PluralRules(language)).select(n);
}

function formatter(name, make) {
  const key = `${name} ${zone()}`;
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key);
}

const zone = () => state.stage.clock?.zone;

function date(name, iso, options) {
  return formatter(name, () => new Intl.DateTimeFormat(language, { timeZone: zone(), ...options })).format(new Date(iso));
}

export const time = (iso) => date("time", iso, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const day = (iso) => date("day", iso, { day: "numeric", month: "long" });
export const shortDay = (iso) => date("short", iso, { day: "numeric", month: "short" });
export const moment = (iso) => date("moment", iso, { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const second = (iso) => date("second", iso, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export function size(bytes) {
  const number = (value) => formatter("number", () => new Intl.NumberFormat(language, { maximumFractionDigits: 1 })).format(value);
  if (bytes < 1024) return `${bytes} ${t("Б")}`;
  return bytes < 1024 * 1024 ? `${number(bytes / 1024)} ${t("КБ")}` : `${number(bytes / 1024 / 1024)} ${t("МБ")}`;
}

// What stands in the HTML itself.
export function dress(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = t(node.dataset.placeholder);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.label);
  }
}
