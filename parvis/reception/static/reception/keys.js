// One key presses the button that shows it; nothing happens while somebody types.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const wanted = event.key.toLowerCase();
    if (!/^[a-z0-9?]$/.test(wanted)) return;
    const button = [...document.querySelectorAll(`[data-key="${CSS.escape(wanted)}"]`)].find((one) => one.offsetParent);
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
    if (button.tagName === "SUMMARY") button.parentElement.querySelector("input")?.focus();
  });
})();
