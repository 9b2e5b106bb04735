// The ticket's page: says what is new, sends what the visitor says, and knows when it does not know.
(() => {
  "use strict";

  const QUIET = 120_000; // ms between two sentences about the place in line; a call is said at once
  const root = document.documentElement;
  const now = document.querySelector("[data-live]");
  const stale = document.querySelector("[data-stale]");
  const said = document.querySelector("[data-said]");
  const unsent = document.querySelector("[data-unsent]");
  const ticket = document.querySelector("[data-ticket]");
  const title = document.title;
  const memory = `ticket ${location.pathname} ${root.lang}`;
  const clock = new Intl.DateTimeFormat(`${root.lang}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const OVER = ["done", "left", "void", "interview", "no_show"];

  let known = new Date(document.body.dataset.at);
  let state = "";
  let spoken = 0;

  const stands = () => now.querySelector("[data-standing]")?.dataset.state ?? "";

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(memory) ?? "null");
      if (kept && new Date(kept.at) > known) {
        known = new Date(kept.at);
        now.innerHTML = kept.text;
      }
    } catch { /* storage is closed, or held nothing of ours */ }
  }

  function remember() {
    try {
      if (["done", "void"].includes(stands())) localStorage.removeItem(memory);
      else localStorage.setItem(memory, JSON.stringify({ at: known.toISOString(), text: now.innerHTML }));
    } catch { /* not remembered, still shown */ }
  }

  function look() {
    const before = state;
    state = stands();
    const called = state === "called";
    ticket.classList.toggle("ticket-called", called);
    document.title = called ? `● ${document.body.dataset.turn}` : title;
    document.querySelector("[data-meanwhile]").hidden = called || OVER.includes(state);
    if (called && before && before !== "called") navigator.vibrate?.([200, 100, 200]);
    if (before && before !== state) say(0);
    else if (before) say(QUIET);
  }

  // A polite region that does not chatter: what has changed, without the buttons.
  function say(quiet) {
    if (Date.now() - spoken < quiet) return;
    spoken = Date.now();
    const parts = [...now.querySelectorAll("h2, p")].map((part) => {
      const way = part.querySelector("[role=img]")?.getAttribute("aria-label") ?? "";
      return `${way} ${part.textContent}`.replace(/\s+/g, " ").trim();
    });
    const text = parts.join(" ");
    if (said.textContent !== text) said.textContent = text;
  }

  function news() {
    known = new Date();
    remember();
    look();
    connected();
  }

  function connected() {
    const away = root.dataset.liveState === "offline";
    if (!away && root.dataset.liveState !== "connecting") known = new Date();
    stale.hidden = !away;
    stale.querySelector("time").textContent = clock.format(known);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("step" in form.dataset)) return;
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    unsent.hidden = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "X-Parvis-Text": "please" },
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout?.(15_000),
      });
      if (!answer.ok || !answer.headers.has("X-Parvis")) throw new Error(String(answer.status));
      now.innerHTML = await answer.text();
      news();
      now.querySelector("h2, p")?.setAttribute("tabindex", "-1");
      now.querySelector("h2, p")?.focus({ preventScroll: true });
    } catch {
      unsent.hidden = false;
      button?.removeAttribute("aria-busy");
    }
  });

  document.addEventListener("parvis:live", news);
  new MutationObserver(connected).observe(root, { attributes: true, attributeFilter: ["data-live-state"] });
  addEventListener("offline", () => { root.dataset.liveState = "offline"; });

  recall();
  look();
})();
