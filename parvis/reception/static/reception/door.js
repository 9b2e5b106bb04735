// One tap is enough: the button says so until the answer is there. (A second one would be the same ticket anyway.)
(() => {
  "use strict";
  document.querySelector("[data-once]")?.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    const form = document.querySelector("[data-once]");
    if (!form) return;
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  });
})();
