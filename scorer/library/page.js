"use strict";
const table = document.getElementById("drafts");
const bodies = [...table.tBodies];
const words = document.getElementById("words");
const least = document.getElementById("least");
const most = document.getElementById("most");
const cell = (body, at) => body.rows[0].cells[at].textContent.trim();
const searched = bodies.map((body) => (cell(body, 0) + " " + cell(body, 2) + " " + body.dataset.codes).toLowerCase());

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  bodies.forEach((body, at) => {
    const score = cell(body, 1);
    const fits = wanted.every((word) => searched[at].includes(word))
      && (least.value === "" || (score !== "" && Number(score) >= Number(least.value)))
      && (most.value === "" || (score !== "" && Number(score) <= Number(most.value)));
    body.hidden = !fits;
    shown += fits;
  });
  document.getElementById("shown").textContent = shown + " of " + bodies.length + " shown";
}

function sortBy(head, at) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const number = head.dataset.kind === "number";
  const keys = new Map(bodies.map((body) => [body, body.rows[0].cells[at].dataset.key ?? cell(body, at)]));
  const order = [...bodies].sort((a, b) => {
    const [one, two] = [keys.get(a), keys.get(b)];
    if (number && (one === "" || two === "")) return (one === "") - (two === "");
    const by = number ? one - two : one.localeCompare(two, "en", { numeric: true });
    return down ? -by : by;
  });
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  table.append(...order);
}

[...table.tHead.rows[0].cells].forEach((head, at) => head.firstChild.addEventListener("click", () => sortBy(head, at)));
table.addEventListener("click", (event) => {
  const opener = event.target.closest(".open");
  if (!opener) return;
  const more = opener.closest("tbody").rows[1];
  more.hidden = !more.hidden;
  opener.setAttribute("aria-expanded", String(!more.hidden));
});
for (const button of document.querySelectorAll("button.code")) {
  button.addEventListener("click", () => {
    words.value = words.value === button.dataset.code ? "" : button.dataset.code;
    filter();
    table.scrollIntoView({ behavior: "smooth" });
  });
}
for (const field of [words, least, most]) field.addEventListener("input", filter);
document.querySelector("form.filter").addEventListener("submit", (event) => event.preventDefault());
filter();
