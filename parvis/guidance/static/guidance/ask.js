// Before a form leaves, the connection is tried: where it is away the page stays, with every word. Nothing is kept in the browser:
// somebody else may sit at the same screen next. Without this file the form works all the same.
(() => {
  for (const form of document.querySelectorAll("[data-ask]")) {
    const away = form.querySelector("[data-away]");
    let tried = false;
    form.addEventListener("submit", (event) => {
      if (tried || !away) return;
      event.preventDefault();
      const button = event.submitter;
      fetch(form.dataset.check, { method: "HEAD", cache: "no-store" })
        .then(() => {
          tried = true;
          form.requestSubmit(button);
        })
        .catch(() => {
          away.hidden = false;
          away.scrollIntoView({ block: "center" });
        });
    });
  }
})();
