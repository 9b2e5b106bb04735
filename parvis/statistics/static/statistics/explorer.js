// Long lists of values can be searched; without this they are scrolled.
(() => {
  "use strict";
  const MANY = 12;

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function prepare(list) {
    if (list.children.length <= MANY || list.previousElementSibling?.matches(".explorer-find")) return;
    const field = document.createElement("input");
    field.type = "search";
    field.className = "explorer-find";
    field.autocomplete = "off";
    field.setAttribute("aria-label", list.dataset.search);
    field.placeholder = list.dataset.search;
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const words = plain(field.value.trim());
      [...list.children].forEach((line) => { line.hidden = !plain(line.textContent).includes(words); });
    });
    // Searching asks nothing of the server: only a choice does.
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.before(field);
  }

  function prepareAll() {
    document.querySelectorAll("[data-values]").forEach(prepare);
  }

  document.addEventListener("htmx:afterSettle", prepareAll);
  prepareAll();
})();
