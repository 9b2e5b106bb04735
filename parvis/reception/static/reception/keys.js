// One key presses the button that shows it; nothing happens while somebody types. A key pressed while the page is
// still being brought up to date counts as soon as it is.
(() => {
  "use strict";
  let busy = 0;
  let early = null;
  let opened = null;

  function press(wanted) {
    const button = [...document.querySelectorAll(`[data-key="${CSS.escape(wanted)}"]`)].find((one) => one.offsetParent);
    if (!button || button.disabled) return false;
    button.click();
    opened = button.tagName === "SUMMARY" ? button.parentElement : null;
    focusInside();
    return true;
  }

  // What a key opened may come a moment later: then the first thing to choose in it gets the focus, unless somebody was
  // quicker and has gone to another one.
  function focusInside() {
    const first = opened?.isConnected && opened.open && opened.querySelector("input");
    if (!first) return false;
    const chosen = opened.querySelector("input:focus, textarea:focus, button:focus, a:focus");
    opened = null;
    (chosen ?? first).focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const wanted = event.key.toLowerCase();
    if (!/^[a-z0-9?]$/.test(wanted)) return;
    if (busy) early = wanted;
    else if (!press(wanted)) return;
    event.preventDefault();
  });

  // What had the focus is gone: it goes to the next thing to do (never to “undo”), else to the page itself.
  function keepFocus() {
    if (document.activeElement !== document.body) return;
    const next = [...document.querySelectorAll(".desk [data-key]:not([data-key=z])")].find((one) => one.offsetParent);
    (next ?? document.getElementById("main")).focus({ preventScroll: !next });
  }

  document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.shouldSwap) busy += 1; });
  document.addEventListener("htmx:afterSettle", () => {
    busy = 0;
    const wanted = early;
    early = null;
    if (wanted) press(wanted);
    else if (!focusInside()) keepFocus();
  });
  document.addEventListener("htmx:swapError", () => { busy = 0; });
})();
