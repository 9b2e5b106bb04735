// The greeter's tablet: what was just given disappears with the next visitor; what was opened stays so while others come and go.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-arrive] [name=theme]")) document.querySelector(".given")?.closest("[role=status]")?.replaceChildren();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.matches("[data-clears-given]")) document.querySelector(".given")?.remove();
  });

  const house = () => document.getElementById("house");
  const posts = (one) => one?.getAttribute("hx-post");
  const ticket = (one) => posts(one.closest(".queue-line")?.querySelector("[hx-post]")); // names may be alike
  const named = (one) => [one.tagName, one.getAttribute("aria-label") ?? one.textContent.trim(), posts(one), ticket(one)].join();
  let held = null;

  document.addEventListener("htmx:beforeSwap", (event) => {
    const anew = event.detail.target.id === "house" && event.detail.requestConfig.elt.id === "pulse";
    held = anew && {
      open: [...house().querySelectorAll("details[open] > summary")].map(named),
      focused: house().contains(document.activeElement) ? named(document.activeElement) : "",
    };
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!held) return;
    for (const summary of house().querySelectorAll("summary")) if (held.open.includes(named(summary))) summary.parentElement.open = true;
    if (held.focused) [...house().querySelectorAll("summary, button, a")].find((one) => named(one) === held.focused)?.focus({ preventScroll: true });
    held = null;
  });
})();
