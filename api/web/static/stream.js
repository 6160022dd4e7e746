// Server-sent events over fetch: a POST cannot be read by EventSource.

import { Fault } from "./api.js";
import { word } from "./dom.js";

/** The events of a response, each {name, value}. */
export async function* events(response) {
  let rest = "";
  for await (const text of chunks(response)) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const fields = Object.fromEntries(part.split("\n").filter((line) => !line.startsWith(":")).map((line) => line.split(/: (.*)/s)));
      if (fields.event) yield { name: fields.event, value: JSON.parse(fields.data) };
    }
  }
}

async function* chunks(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const read = () => reader.read().catch((error) => { throw error.name === "AbortError" ? error : new Fault(word("cut")); });
  for (let now; !(now = await read()).done;) yield now.value;
}
