// What a reader may do with a table: sort it by a column, and copy a link to it. Without this file nothing is missing.
"use strict";
{
  // Its words stand on the element that asks for it: they are the catalogue's.
  const said = document.currentScript.dataset;
  const collator = new Intl.Collator("nl");

  // The value of a row in a column: a text in the first one, else a number, or null where no number is shown.
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    if (column === 0) return cell.textContent.trim();
    const data = cell.querySelector("data");
    return data === null ? null : Number(data.value);
  };

  // Rows without a number stand last in either direction; equal rows keep the order of the page.
  const compare = (column, direction) => (one, other) => {
    const [a, b] = [valueOf(one, column), valueOf(other, column)];
    if (a === null || b === null) return (a === null) - (b === null);
    return direction * (column === 0 ? collator.compare(a, b) : a - b);
  };

  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].filter((row) => !row.classList.contains("totaal"));
    const total = body.querySelector(".totaal");
    const heads = [...table.tHead.rows[0].cells];

    // From the order of the page to the first direction, to the other, and back.
    const sort = (column) => {
      const order = column === 0 ? ["ascending", "descending"] : ["descending", "ascending"];
      const next = order[order.indexOf(heads[column].getAttribute("aria-sort")) + 1];
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (next) heads[column].setAttribute("aria-sort", next);
      const sorted = next ? [...rows].sort(compare(column, next === "ascending" ? 1 : -1)) : rows;
      body.append(...sorted, ...(total ? [total] : []));
    };

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = said.sort;
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(column));
      head.append(button);
    });
  };

  const addLinkButton = (section) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said.copy;
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const link = new URL(section.querySelector("[data-vast]").href);
      try {
        await navigator.clipboard.writeText(link.href);
        status.textContent = ` ${said.copied}`;
      } catch {
        status.textContent = ` ${said.notCopied.replace("{link}", link.href)}`;
      }
    });
    const item = document.createElement("li");
    item.append(button, status);
    section.querySelector(".downloads").append(item);
  };

  document.querySelectorAll("table[data-tabel]").forEach(makeSortable);
  if (navigator.clipboard) document.querySelectorAll("section.tabel").forEach(addLinkButton);
}
