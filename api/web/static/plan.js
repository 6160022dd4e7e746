// How a question was understood, as chips; each may be changed, and the question asked again.

import { Fault } from "./api.js";
import { button, labels, make, parted, word } from "./dom.js";

/** The chips of an answer's plan and the form behind them; what `again(plan)` rejects with is told in the form. */
export function planOf(answer, again) {
  const { plan, names } = answer;
  const chips = make("ul", "chips", ...answer.reading.map((each) => make("li", "", button("", "chip", () => open(each.label)), )));
  answer.reading.forEach((each, at) => {
    const chip = chips.children[at].firstElementChild;
    chip.append(make("span", "chip-label", each.label), each.text);
    chip.setAttribute("aria-label", `${each.label}：${each.text}（${word("edit")}）`);
    chip.setAttribute("aria-expanded", "false");
  });
  const form = make("form", "plan-form");
  form.hidden = true;
  const operation = make("select", "", ...labels("operation").map(([code, text]) => Object.assign(make("option", "", text), { value: code })));
  operation.value = plan.operation;
  const fields = {
    [word("plan.operation")]: operation,
    [word("plan.places")]: input(plan.places.map((p) => names[p] ?? p).join("、"), word("plan.any.place")),
    [word("plan.topic")]: input(plan.topic, ""),
    [word("plan.period")]: input(plan.period?.text ?? [plan.period?.start, plan.period?.end].filter(Boolean).join(word("to")), word("plan.any.period")),
  };
  Object.entries(fields).forEach(([label, field], at) => {
    field.id = `plan-${at}`;
    const named = make("label", "", label);
    named.htmlFor = field.id;
    form.append(make("div", "", named, field));
  });
  form.append(make("p", "actions", Object.assign(make("button", "button primary", word("plan.again")), { type: "submit" }), button(word("plan.leave"), "button", () => open(null))));
  const before = Object.fromEntries(Object.entries(fields).map(([label, field]) => [label, field.value]));
  const fault = make("p", "fault-line");
  fault.setAttribute("role", "alert");
  form.append(fault);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    const now = (name) => fields[word(name)].value.trim();
    const differs = (name) => now(name) !== before[word(name)].trim();
    const edited = { operation: operation.value };
    if (differs("plan.places")) edited.places = parted(now("plan.places"));
    if (differs("plan.topic")) edited.topic = now("plan.topic");
    if (differs("plan.period")) edited.period = now("plan.period") || null;
    try {
      await again(edited);
    } catch (error) {
      fault.textContent = error.message;
      if (!(error instanceof Fault)) throw error;
    }
  });
  function open(label) {
    form.hidden = label === null;
    for (const chip of chips.querySelectorAll("button")) chip.setAttribute("aria-expanded", String(!form.hidden));
    if (label !== null) (fields[label] ?? operation).focus();
    else chips.querySelector("button")?.focus();
  }
  return make("div", "plan", chips, form);
}

function input(value, placeholder) {
  const made = make("input", "");
  made.maxLength = 2000;
  made.value = value ?? "";
  made.placeholder = placeholder;
  return made;
}
