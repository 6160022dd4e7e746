// What figures were before they were changed, as fields to be written once more.

/** Fields that are always changed together. */
const NAMED = ["indicator", "indicator_name"];

/** The fields of changes, as they were before them. */
export function before(changes) {
  const fields = {};
  for (const { field, old } of changes) fields[field] ??= field === "place" && old ? old.slice(0, 6) : old;
  return fields;
}

/** A change with those made together with it; none where the figure is as it was before it. */
export function toRestore(fact, change) {
  const all = fact.history.filter((c) => c === change || (c.at === change.at && NAMED.includes(c.field) && NAMED.includes(change.field)));
  return all.filter((c) => fact.history.findLast((last) => last.field === c.field).new !== c.old);
}
