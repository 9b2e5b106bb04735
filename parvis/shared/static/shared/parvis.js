// What every page can do: the look of the device, notes that close, a question before something that matters.
(() => {
  "use strict";
  const root = document.documentElement;

  function markLook() {
    document.querySelectorAll("[data-look-set]").forEach((button) => {
      button.setAttribute("aria-pressed", String((root.dataset.look ?? "") === button.dataset.lookSet));
    });
  }

  function setLook(look) {
    if (look) root.dataset.look = look; else delete root.dataset.look;
    try {
      if (look) localStorage.setItem("look", look); else localStorage.removeItem("look");
    } catch { /* not remembered, still shown */ }
    markLook();
  }

  // One question in the page's own dialog. `go` runs on yes; focus returns to where it was.
  function ask(question, yes, go) {
    const dialog = document.getElementById("confirm");
    const button = dialog.querySelector("[data-confirm-yes-button]");
    dialog.querySelector("#confirm-question").textContent = question;
    button.textContent = yes || button.dataset.usual;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") go(); }, { once: true });
    dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    const look = event.target.closest("[data-look-set]");
    if (look) return setLook(look.dataset.lookSet);
    if (event.target.closest("[data-print]")) return window.print();
    const close = event.target.closest("[data-close]");
    if (close) return close.closest("[data-toast], dialog")?.remove();
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  });

  // Plain forms: data-confirm on the form or on its button.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asker = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!asker.dataset.confirm || form.hasAttribute("hx-post")) return;
    if (form.dataset.agreed) { delete form.dataset.agreed; return; }
    event.preventDefault();
    event.stopPropagation();
    ask(asker.dataset.confirm, asker.dataset.confirmYes, () => {
      form.dataset.agreed = "yes";
      form.requestSubmit(event.submitter ?? undefined);
    });
  }, true);

  document.addEventListener("htmx:confirm", (event) => {
    const { question, issueRequest, elt } = event.detail;
    if (!question) return;
    event.preventDefault();
    ask(question, elt.dataset.confirmYes, () => issueRequest(true));
  });

  // Good news leaves by itself unless somebody is reading it; errors stay.
  function settle(toast) {
    if (toast.classList.contains("toast-error") || toast.classList.contains("toast-warning")) return;
    let left = 10;
    const timer = setInterval(() => {
      if (!toast.isConnected) return clearInterval(timer);
      if (toast.matches(":hover, :focus-within") || document.hidden) return;
      left -= 1;
      if (left <= 0) { clearInterval(timer); toast.remove(); }
    }, 1000);
  }

  // A file field says which file it holds; the field itself takes what is dropped on it.
  document.addEventListener("change", (event) => {
    const name = event.target.closest("[data-drop]")?.querySelector("[data-drop-name]");
    if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });
  for (const [kind, over] of [["dragenter", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.toggle("over", over));
  }

  // A table wider than the screen scrolls by keyboard, too.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      target.toggleAttribute("tabindex", scrolls);
      if (scrolls) target.tabIndex = 0;
      const name = target.querySelector("caption")?.textContent.trim();
      if (scrolls && name) { target.setAttribute("role", "region"); target.setAttribute("aria-label", name); }
      else { target.removeAttribute("role"); target.removeAttribute("aria-label"); }
    }
  });

  function prepare(scope) {
    scope.querySelectorAll(".table-wrap").forEach((wrap) => wide.observe(wrap));
    scope.querySelectorAll("[data-look-choice][hidden]").forEach((choice) => { choice.hidden = false; });
    scope.querySelectorAll("[data-toast]:not([data-settling])").forEach((toast) => { toast.dataset.settling = ""; settle(toast); });
    markLook();
  }
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
  prepare(document);
})();
