// Requests to the sandbox, and the stream of what happens there.

async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) {
    options.body = body;
  } else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

const person = (id) => `/api/people/${id}`;

export const bot = () => request("GET", "/api/bot");
export const people = () => request("GET", "/api/people");
export const chat = (id) => request("GET", person(id));
export const messages = (id, limit, before) =>
  request("GET", `${person(id)}/messages?limit=${limit}${before ? `&before=${before}` : ""}`);
export const calls = () => request("GET", "/api/calls?limit=300");
export const send = (id, text, replyTo) => request("POST", `${person(id)}/send`, { text, reply_to: replyTo });
export const tap = (id, place) => request("POST", `${person(id)}/tap`, place);
export const block = (id, blocked) => request("POST", `${person(id)}/block`, { blocked });
export const wipe = (id) => request("POST", `${person(id)}/wipe`, {});
export const read = (id, message) => request("POST", `${person(id)}/read`, { message });
export const inline = (id, text) => request("POST", `${person(id)}/inline`, { text });
export const choose = (id, query, number) => request("POST", `${person(id)}/choose`, { query, number });
export const trouble = () => request("GET", "/api/trouble");
export const setTrouble = (name, on) => request("POST", "/api/trouble", { name, on });
export const stage = () => request("GET", "/api/stage");
export const act = (name, facts = {}) => request("POST", `/api/stage/${name}`, facts);
export const fileUrl = (file) => `/api/files/${file.id}`;

export function attach(id, file, caption, kind) {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("caption", caption);
  form.append("kind", kind);
  return request("POST", `${person(id)}/attach`, form);
}

// A file the story hands out, as if chosen from the disk.
export async function handedOut(name) {
  const response = await fetch(`/api/stage/files/${encodeURIComponent(name)}`);
  if (!response.ok) throw new Error((await response.json()).error);
  return new File([await response.blob()], name);
}

const KINDS = [
  "message", "edit", "delete", "taken", "read", "keyboard", "answer", "inline", "action", "chat", "person", "wipe", "commands",
  "profile", "violation", "webhook", "call", "trouble", "stage", "reset", "hello",
];

// `heard[kind](body)` for every event; comes back by itself when the sandbox was away.
export function listen(heard) {
  const source = new EventSource("/api/events?calls=1");
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => heard[kind]?.(JSON.parse(event.data)));
  }
  return source;
}
