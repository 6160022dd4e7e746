// The home page: what the library holds, and what needs a look.

import { get } from "./api.js";
import { button, link, make, notify, word } from "./dom.js";
import { bar } from "./bars.js";

const FIRST = 8;

try {
  show(await get("/v1/desk/overview"));
} catch (error) {
  notify(error.message);
}

function show(told) {
  const places = document.getElementById("places");
  places.removeAttribute("aria-busy");
  places.append(...told.places.map((province) => provinceOf(province, told.places.length < 4)));
  const needs = Object.entries(told.attention).filter(([, n]) => n);
  const attention = document.getElementById("attention");
  for (const [name, n] of needs) {
    const to = name === "failed" ? "/documents?view=files&status=failed" : `/documents?attention=${name}`;
    attention.append(make("li", "", link(to, "", word(`needs.${name}`, { n }))));
  }
  for (const { id, title, unverified } of told.digests) attention.append(make("li", "", link(`/digests/${id}`, "", word("needs.unverified", { title, n: unverified }))));
  if (told.conflicting) attention.append(make("li", "", link("/facts?sort=conflict", "", word("needs.conflicting", { n: told.conflicting }))));
  if (told.unreviewed) attention.append(make("li", "", link("/facts?flag=unreviewed", "", word("needs.unreviewed", { n: told.unreviewed }))));
  if (!attention.childElementCount) attention.append(make("li", "hint", word("needs.none")));
  const most = Math.max(1, ...told.years.map((y) => y.articles));
  const years = document.querySelector("#years tbody");
  for (const { year, articles } of told.years) {
    const name = make("th", "", link(`/documents?year=${year}`, "", year));
    name.scope = "row";
    years.append(make("tr", "", name, make("td", "track", bar(articles / most)), make("td", "number", String(articles))));
  }
  const practices = document.getElementById("practices");
  for (const { practice, articles } of told.practices) {
    practices.append(make("li", "", link(`/documents?practice=${encodeURIComponent(practice)}`, "", practice), make("span", "count", word("articles", { n: articles }))));
  }
  const newest = document.getElementById("newest");
  for (const article of told.newest) {
    const about = [article.place?.name, article.published_on, article.kind_name].filter(Boolean).join("　");
    newest.append(make("li", "", link(`/articles/${article.id}`, "", article.title || word("untitled")), make("span", "about", about)));
  }
}

function provinceOf(province, open) {
  const made = make("details", "province", make("summary", "", make("b", "", province.name), make("span", "count", word("articles", { n: province.articles }))));
  made.open = open;
  const list = make("ul", "plain");
  const shown = (places) => places.map((p) =>
    make("li", "", link(`/documents?place=${p.adcode}`, "", p.name),
      make("span", "count", p.articles ? `${word("articles", { n: p.articles })}　` : null, p.facts ? link(`/facts?place=${p.adcode}`, "", word("facts", { n: p.facts })) : null)));
  list.append(...shown(province.places.slice(0, FIRST)));
  const rest = province.places.slice(FIRST);
  made.append(list);
  if (rest.length) {
    const more = button(word("more", { n: rest.length }), "link", () => { list.append(...shown(rest)); more.remove(); });
    made.append(more);
  }
  return made;
}
