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
export const messages = (id) => request("GET", `${person(id)}/messages`);
export const calls = () => request("GET", "/api/calls?limit=100");
export const send = (id, text) => request("POST", `${person(id)}/send`, { text });
export const tap = (id, place) => request("POST", `${person(id)}/tap`, place);
export const block = (id, blocked) => request("POST", `${person(id)}/block`, { blocked });
export const wipe = (id) => request("POST", `${person(id)}/wipe`, {});
export const fileUrl = (file) => `/api/files/${file.id}`;

export function attach(id, file, caption) {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("caption", caption);
  return request("POST", `${person(id)}/attach`, form);
}

const KINDS = [
  "message", "edit", "delete", "keyboard", "answer", "action", "chat", "person", "wipe", "commands", "profile", "violation",
  "webhook", "call", "reset", "hello",
];

// `heard[kind](body)` for every event; comes back by itself when the sandbox was away.
export function listen(heard) {
  const source = new EventSource("/api/events?calls=1");
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => heard[kind]?.(JSON.parse(event.data)));
  }
  return source;
}
