"use strict";
// Sorts and filters the table of students; without it the table is still there.
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const words = rows.map((row) =>
    (row.cells[0].textContent + " " + row.cells[1].textContent).toLowerCase());
  const kinds = rows.map((row) => row.dataset.is.split(" "));
  const find = document.getElementById("find");
  const show = document.getElementById("show");
  const shown = document.getElementById("shown");
  const order = new Intl.Collator(undefined, { numeric: true }).compare;

  const number = (text) => parseFloat(text.replace(/[()]/g, ""));

  function sort(head, index) {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const numbers = head.dataset.sort === "number";
    const keyed = Array.from(body.rows, (row) => {
      const text = row.cells[index].textContent;
      return { row, key: numbers ? number(text) : text };
    });
    keyed.sort((a, b) => {
      // What has no number stands last, whichever way.
      if (numbers && (isNaN(a.key) || isNaN(b.key))) return isNaN(a.key) - isNaN(b.key);
      const by = numbers ? a.key - b.key : order(a.key, b.key);
      return up ? by : -by;
    });
    body.append(...keyed.map((each) => each.row));
  }

  function filter() {
    const text = find.value.trim().toLowerCase();
    let count = 0;
    rows.forEach((row, i) => {
      const keep = words[i].includes(text) && (!show.value || kinds[i].includes(show.value));
      row.hidden = !keep;
      count += keep;
    });
    shown.textContent = count + " of " + rows.length;
  }

  Array.from(table.tHead.rows[0].cells).forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head, index));
  });
  find.addEventListener("input", filter);
  show.addEventListener("change", filter);
  document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("filter").hidden = false;
  filter();
})();
