// Talking with the server. Every failure becomes an Error whose message is for people.

import { word } from "./dom.js";

export async function get(path, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(given);
  return told(await reach(given.length ? `${path}?${query}` : path, { headers: { Accept: "application/json" } }));
}

export async function send(method, path, body) {
  const form = body instanceof FormData;
  const headers = { Accept: "application/json", ...(form || !body ? {} : { "Content-Type": "application/json" }) };
  return told(await reach(path, { method, headers, body: form ? body : body && JSON.stringify(body) }));
}

/** Follow a job to its end; `tell(job)` hears how far it is. */
export async function follow(job, tell) {
  let now = job;
  while (!["done", "failed", "stopped"].includes(now.state)) {
    tell(now);
    await new Promise((go) => setTimeout(go, 400));
    now = await get(`/v1/jobs/${now.id}`);
  }
  tell(now);
  return now;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(word("offline"));
  }
}

async function told(response) {
  const body = response.status === 204 ? null : await response.json();
  if (response.ok) return body;
  throw Object.assign(new Error(body.detail), { status: response.status, kind: body.kind });
}
