// The screen of a class: when it is closed, by hand elsewhere or by its time, the page shows what there is then.
(() => {
  "use strict";

  document.addEventListener("parvis:live", (event) => {
    if (event.target.querySelector("[data-over]")) location.reload();
  });
})();
