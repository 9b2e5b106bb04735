// A pupil's own words stay in this browser: no form, no request. They go after two months, or at once by the button.
(() => {
  "use strict";
  const sheet = document.querySelector("[data-statement]");
  if (!sheet) return;
  const store = `statement ${sheet.dataset.statement}`, KEPT = 60 * 24 * 3600 * 1000;
  const fields = [...sheet.querySelectorAll("[data-mine]")];
  const kept = document.querySelector("[data-kept]"), not = document.querySelector("[data-not-kept]");
  const forgotten = sheet.querySelector("[data-forgotten]");
  const print = sheet.querySelector("[data-print]"), forget = sheet.querySelector("[data-forget]");

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(store) ?? "null");
      if (found && Date.now() - found.at < KEPT) return found.said;
      localStorage.removeItem(store);
    } catch { /* nothing is kept here */ }
    return {};
  }

  function write() {
    const said = Object.fromEntries(fields.filter((one) => one.value).map((one) => [one.dataset.mine, one.value]));
    forgotten.hidden = true;
    try {
      if (Object.keys(said).length) localStorage.setItem(store, JSON.stringify({ at: Date.now(), said }));
      else localStorage.removeItem(store);
      kept.hidden = !Object.keys(said).length;
    } catch { not.hidden = false; kept.hidden = true; }
  }

  const before = read();
  for (const one of fields) {
    one.value = before[one.dataset.mine] ?? "";
    one.addEventListener("input", write);
  }
  kept.hidden = !fields.some((one) => one.value);
  print.hidden = forget.hidden = false;
  print.addEventListener("click", () => window.print());
  forget.addEventListener("click", () => {
    for (const one of fields) one.value = "";
    try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
    kept.hidden = true;
    forgotten.hidden = false;
    fields[0].focus();
  });
})();
