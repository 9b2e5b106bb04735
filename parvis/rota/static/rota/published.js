// Arrow keys lead to the week or month before and after, in the reading direction, while nothing else needs them.
(() => {
  "use strict";
  const busy = "input, select, textarea, button, summary, [tabindex], [contenteditable], dialog";
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    if (event.target.closest(busy) && event.target.id !== "main") return;
    const forward = (event.key === "ArrowRight") === (document.documentElement.dir !== "rtl");
    document.querySelector(`[data-arrow="${forward ? "on" : "back"}"]`)?.click();
  });
})();
