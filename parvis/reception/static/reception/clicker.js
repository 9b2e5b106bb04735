// The clicker: each click has its key before the first try, waits on this device until the server has it, and counts once.
(() => {
  "use strict";
  document.querySelectorAll("[data-clicker]").forEach((form) => {
    const site = form.elements.site.value;
    const store = `clicks:${form.action}:${site}`;
    const total = form.querySelector("[data-total]");
    const unsent = form.querySelector("[data-unsent]");
    const undo = form.querySelector("[data-undo]");
    let counted = Number(total.textContent);
    let waiting = read();
    const sent = [];
    let sending = false;

    function read() {
      try { return JSON.parse(localStorage.getItem(store)) ?? []; } catch { return []; }
    }
    function keep() {
      try { localStorage.setItem(store, JSON.stringify(waiting)); } catch { /* this page still has them */ }
    }
    function show() {
      const clicks = waiting.reduce((sum, one) => sum + (one.undo ? -1 : 1), 0);
      total.textContent = counted + clicks;
      unsent.hidden = waiting.length === 0 || !unsent.dataset.late;
      unsent.textContent = unsent.dataset.words.replace("%1", waiting.length);
      undo.hidden = sent.length === 0 && !waiting.some((one) => !one.undo);
    }

    async function send() {
      if (sending || !waiting.length) return;
      sending = true;
      const one = waiting[0];
      const body = new FormData(form);
      body.set("key", one.key);
      if (one.undo) body.set("undo", "1");
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.redirected || !answer.headers.get("Content-Type")?.includes("application/json")) throw new Error("not ours");
        const told = await answer.json();
        waiting = waiting.filter((other) => other !== one);
        if (answer.ok) { counted = told.total; if (!one.undo) sent.push(one.key); }
        delete unsent.dataset.late;
      } catch {
        unsent.dataset.late = "yes";
        setTimeout(send, 5000);
        sending = false;
        show();
        return;
      }
      sending = false;
      keep();
      show();
      send();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      waiting.push({ key: crypto.randomUUID() });
      keep(); show(); send();
    });
    undo.addEventListener("click", () => {
      const last = waiting.findLastIndex((one) => !one.undo);
      if (last > 0 || (last === 0 && !sending)) waiting.splice(last, 1);
      else if (last === 0) waiting.push({ key: waiting[0].key, undo: true });
      else if (sent.length) waiting.push({ key: sent.pop(), undo: true });
      keep(); show(); send();
    });
    addEventListener("online", send);
    show();
    send();
  });
})();
