// Lists that people put in order: [data-order] with [data-order-item] rows. What a form sends follows the order of the page.
(() => {
  "use strict";

  function prepare(list) {
    list.querySelectorAll("[data-order-moves]").forEach((moves) => { moves.hidden = false; });
    limits(list);
  }

  // The first cannot go up, the last cannot go down; aria-disabled keeps the focus where it is.
  function limits(list) {
    const rows = [...list.querySelectorAll("[data-order-item]")];
    rows.forEach((row, place) => {
      row.querySelector("[data-move=up]")?.setAttribute("aria-disabled", String(place === 0));
      row.querySelector("[data-move=down]")?.setAttribute("aria-disabled", String(place === rows.length - 1));
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const row = button.closest("[data-order-item]");
    const list = row.closest("[data-order]");
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    limits(list);
    button.focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("htmx:load", (event) => {
    event.detail.elt.querySelectorAll("[data-order]").forEach(prepare);
  });
  document.querySelectorAll("[data-order]").forEach(prepare);
})();
