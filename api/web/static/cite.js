// An answer as text with footnotes, and its sources for a reference manager.

/** Text with [n] kept and the references under it, after the standard chosen in the settings. */
export function withFootnotes(answer) {
  const notes = answer.citations.map((c) => `[${c.n}] ${reference(c, answer)}`);
  return [answer.question, answer.text, "", ...notes].join("\n");
}

/** A citation's reference: the standard of 2015 wants the date of access of a file, that of 2025 of pages on the web only. */
export function reference(citation, answer) {
  const today = new Date().toISOString().slice(0, 10);
  const accessed = localStorage.getItem("standard") === "2015" ? `[${today}]` : "";
  const page = citation.page ? `: ${citation.page}` : "";
  return answer.references[citation.article].reference.replace(/\.$/, `${accessed}${page}.`);
}

/** The cited articles in RIS. */
export function ris(answer) {
  const seen = new Map(answer.citations.map((c) => [c.article, c]));
  return [...seen.values()].map((c) => {
    const { issuer, published_on, number } = answer.references[c.article];
    const lines = [["TY", "GOVDOC"], ["TI", c.title], ["AU", issuer], ["PY", published_on?.slice(0, 4)], ["DA", published_on?.replaceAll("-", "/")], ["SN", number], ["N1", c.name], ["ER", " "]];
    return lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value.trim()}`).join("\r\n");
  }).join("\r\n") + "\r\n";
}

/** Save a text as a file. */
export function save(name, text, type) {
  const made = document.createElement("a");
  made.href = URL.createObjectURL(new Blob([text], { type }));
  made.download = name;
  made.click();
  setTimeout(() => URL.revokeObjectURL(made.href), 1000);
}
