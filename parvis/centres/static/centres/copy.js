// Copies the text of a field: <button data-copies="id of the field" data-done="Copied" hidden>.
(() => {
  "use strict";
  document.querySelectorAll("[data-copies]").forEach((button) => {
    const field = document.getElementById(button.dataset.copies);
    const words = button.querySelector("span");
    button.hidden = false;
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        words.textContent = button.dataset.done;
      } catch { /* without a secure address there is no clipboard: the text stays selected for Ctrl+C */ }
    });
  });
})();
