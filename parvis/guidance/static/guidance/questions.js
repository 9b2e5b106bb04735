// Models are put at the cursor; a draft that could not be kept says so. Without this file everything still works by hand.
(() => {
  const form = document.querySelector("[data-answer]");
  const text = form?.querySelector("textarea");
  if (!text) return;

  for (const button of document.querySelectorAll("[data-model-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const model = button.parentElement.querySelector("template").content.textContent;
      const before = text.value.slice(0, text.selectionStart);
      const gap = before && !before.endsWith("\n") ? "\n\n" : "";
      text.setRangeText(gap + model, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }

  const find = document.querySelector("[data-models-find]");
  if (find && document.querySelectorAll("[data-model]").length > 5) {
    find.hidden = false;
    find.addEventListener("input", () => {
      const words = find.value.trim().toLocaleLowerCase();
      for (const one of document.querySelectorAll("[data-model]")) {
        const told = one.dataset.model + " " + one.querySelector("[data-model-text]").textContent;
        one.hidden = !told.toLocaleLowerCase().includes(words);
      }
    });
  }

  // What is being sent needs no draft any more: one on its way would find the question answered.
  let sent = false;
  form.addEventListener("submit", () => {
    sent = true;
    for (const keeper of form.querySelectorAll("[hx-post]")) htmx.trigger(keeper, "htmx:abort");
  });
  form.addEventListener("htmx:beforeRequest", (event) => { if (sent) event.preventDefault(); });
  const goesOn = () => { sent = false; }; // back again, or the sending was stopped
  addEventListener("pageshow", goesOn);
  text.addEventListener("input", goesOn);

  document.body.addEventListener("htmx:sendError", () => {
    const told = document.getElementById("draft");
    if (told) told.firstChild.textContent = form.dataset.lost;
  });
})();
