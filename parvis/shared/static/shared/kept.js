// Has this page, and those named beside it, kept for when the network is away:
//   <body data-kept-scope="/k/…/" data-kept="/k/…/fr/ /k/…/ar/">
// <html data-kept-state> says "kept" once everything is there.
(() => {
  "use strict";

  const { keptScope: scope, kept } = document.body.dataset;
  if (!scope || !navigator.serviceWorker) return; // over plain http there is none: the page still works with a network

  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kept) document.documentElement.dataset.keptState = "kept";
  });

  async function keep() {
    await navigator.serviceWorker.register("/worker.js", { scope });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: kept.split(" ") });
  }

  addEventListener("load", () => keep().catch(() => {}));
})();
