// Talking with the server. Every failure becomes a Fault, whose message is for people.

import { word } from "./dom.js";

/** A failure told to people; its status and kind where the server told one. */
export class Fault extends Error {}

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

/** The response to a request whose answer is no JSON. */
export async function response(path, options) {
  const given = await reach(path, options);
  if (!given.ok) throw await faultOf(given);
  return given;
}

/** The response to a body posted as JSON. */
export function posted(path, body, options = {}) {
  const headers = { "Content-Type": "application/json", ...options.headers };
  return response(path, { ...options, method: "POST", headers, body: JSON.stringify(body) });
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
    throw new Fault(word("offline"));
  }
}

async function told(given) {
  if (!given.ok) throw await faultOf(given);
  if (given.status === 204) return null;
  try {
    return await given.json();
  } catch {
    throw new Fault(word("strange", { status: given.status }));
  }
}

async function faultOf(given) {
  const body = await given.json().catch(() => null);
  const fault = new Fault(body?.detail ?? word("strange", { status: given.status }));
  return Object.assign(fault, { status: given.status, kind: body?.kind });
}
