// Names the chosen file, shows that it is being sent, opens the months of a year.
(() => {
  "use strict";

  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (drop && event.target.files) {
      drop.querySelector("[data-drop-name]").textContent = event.target.files[0]?.name ?? "";
    }
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.("[data-drop]")?.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    });
  }

  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[data-busy]");
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    button.lastChild.textContent = button.dataset.busy;
    setTimeout(() => { button.disabled = true; });
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-months]");
    if (!opener) return;
    const months = document.getElementById(opener.dataset.months);
    months.hidden = !months.hidden;
    opener.setAttribute("aria-expanded", String(!months.hidden));
  });
})();
