// The greeter's tablet: what was just given disappears with the next visitor.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-arrive] [name=theme]")) document.querySelector(".given")?.closest("[role=status]")?.replaceChildren();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.matches("[data-clears-given]")) document.querySelector(".given")?.remove();
  });
})();
