// The kiosk: one question a screen, one ticket at the end, and then it forgets. Nothing about a visitor is kept outside
// this page's own memory, except the outbox's entry until the server has it.
(() => {
  "use strict";

  const USUAL = 30; // seconds without a touch before it forgets
  const UNHURRIED = 60; // with one of the options for reading and time
  const LAST = 10; // seconds that are announced
  const DOUBLE_TAP = 400; // ms in which the second tap of a double tap would answer the next question
  const STALE = 3_600_000; // a page at rest for so long is made anew

  const root = document.documentElement;
  const { start, language, usual, entries, kiosk } = document.body.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const steps = new Map(all("[data-step]").map((step) => [step.dataset.step, step]));
  const soon = document.querySelector("[data-soon]");
  const back = document.querySelector("[data-back]");
  const FIRST = "theme-0";
  const LAST_STEPS = ["send", "ticket", "seated", "bare", "refused"];
  // What a page in another language hands over, and what is taken out of the address at once.
  const handed = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);

  const options = new Set(handed.getAll("option"));
  let said = Object.fromEntries([...handed].filter(([name]) => ["theme", "size", "seated_in"].includes(name)));
  let trail = handed.getAll("trail").filter((name) => steps.has(name));
  let current = FIRST;
  let shown = "";
  let shownAt = 0;
  let left = USUAL;
  const madeAt = Date.now();
  const clock = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  let outbox = null;

  // Screens

  function show(name, focus = true) {
    steps.forEach((step, key) => { step.hidden = key !== name; });
    current = name;
    shownAt = performance.now();
    back.disabled = !trail.length || LAST_STEPS.includes(name);
    all("[data-first]").forEach((part) => { part.hidden = !name.startsWith("theme-"); });
    document.body.dataset.at = name;
    if (focus) steps.get(name).querySelector("h1").focus({ preventScroll: true });
    rested();
  }

  function go(name) {
    const seats = all("[data-step=where] [data-set]");
    const skip = steps.get(name)?.dataset.skip;
    if (skip) return go(skip);
    if (name === "where" && seats.length < 2) {
      said.seated_in = seats[0]?.dataset.value ?? "";
      return go("send");
    }
    if (name === "send") return send();
    trail.push(current);
    show(name);
  }

  function choose(button) {
    if (button.dataset.set) said[button.dataset.set] = button.dataset.value;
    go(button.dataset.go);
  }

  function count(by) {
    const output = document.querySelector("[data-counted]");
    const next = Math.min(99, Math.max(2, Number(output.value) + by));
    output.value = String(next);
    document.querySelector("[data-group]").dataset.value = String(next);
  }

  // The ticket

  async function send() {
    show("send");
    const mine = (shown = crypto.getRandomValues(new Uint32Array(2)).join("-"));
    const given = await outbox.enter({ theme: said.theme, size: said.size ?? "1", language, seated_in: said.seated_in ?? "" });
    if (shown !== mine) return; // the visitor has gone
    present(given);
    const later = await given.later;
    if (later && shown === mine && !later.answer.refused) present(later);
  }

  function present(given) {
    const name = given.answer?.name ?? [given.words?.[language], given.number].filter(Boolean).join(" ");
    const seat = said.seated_in ? document.querySelector(`[data-step=where] [data-value="${said.seated_in}"] span`) : null;
    const known = document.querySelector(`[data-wait="${said.theme}"]`);
    const fresh = root.dataset.liveState !== "offline";
    fill({
      name,
      wait: given.answer?.wait ?? (fresh ? known?.textContent : ""),
      qr: given.answer?.qr ?? "",
      kept: given.state === "kept" ? "kept" : "",
      place: seat?.textContent ?? "",
      time: clock.format(new Date()),
    });
    const seated = said.seated_in && given.state !== "refused";
    const next = seated ? "seated" : { sent: "ticket", kept: "ticket", bare: "bare", refused: "refused" }[given.state];
    if (next !== current) show(next);
  }

  function fill(values) {
    const mark = document.querySelector(`[data-value="${said.theme}"][data-set=theme] .theme-mark`);
    all("[data-mark]").forEach((place) => place.replaceChildren(...(mark ? [mark.cloneNode(true)] : [])));
    all("[data-code]").forEach((place) => { place.innerHTML = values.qr; });
    all("[data-fill]").forEach((place) => { place.textContent = values[place.dataset.fill] ?? ""; });
    all("[data-if]").forEach((part) => { part.hidden = !values[part.dataset.if]; });
  }

  // Forgetting

  function forget() {
    said = {};
    trail = [];
    shown = "";
    options.clear();
    applyOptions();
    fill({ qr: "" });
    count(5 - Number(document.querySelector("[data-counted]").value));
    show(FIRST, false);
    document.activeElement?.blur();
    scrollTo(0, 0);
    if (language !== usual || Date.now() - madeAt > STALE) open(start);
  }

  // Another address replaces this one, so that there is no way back; but only where it can be reached, or was kept.
  async function open(address) {
    const path = new URL(address, location.href).pathname;
    if (path === location.pathname && Date.now() - madeAt < STALE) return;
    let there = Boolean(await window.caches?.match(path, { ignoreVary: true }));
    try {
      const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(4_000) });
      there ||= answer.headers.has("X-Parvis");
    } catch { /* no network: what is kept will do */ }
    if (there) location.replace(address);
  }

  function hand() {
    const pairs = [...Object.entries(said), ...trail.map((name) => ["trail", name]), ...[...options].map((name) => ["option", name])];
    return new URLSearchParams([...pairs, ["at", current]]).toString();
  }

  function rested() {
    left = options.size ? UNHURRIED : USUAL;
    soon.hidden = true;
  }

  function tick() {
    const atRest = current === FIRST && language === usual && !options.size;
    if (atRest) {
      if (Date.now() - madeAt > STALE) open(start);
      return;
    }
    left -= 1;
    soon.hidden = left > LAST;
    soon.querySelector("progress").value = Math.max(0, left);
    if (left <= 0) forget();
  }

  function applyOptions() {
    all("[data-option]").forEach((button) => {
      const on = options.has(button.dataset.option);
      button.setAttribute("aria-pressed", String(on));
      root.toggleAttribute(`data-${button.dataset.option}`, on);
    });
  }

  // Hands

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    const { dataset } = button;
    if ("languageChoice" in dataset) {
      event.preventDefault();
      open(`${new URL(button.href).pathname}#${hand()}`);
    } else if ("over" in dataset) forget();
    else if ("back" in dataset) trail.length && show(trail.pop());
    else if (dataset.count) count(Number(dataset.count));
    else if (dataset.option) {
      options.has(dataset.option) ? options.delete(dataset.option) : options.add(dataset.option);
      applyOptions();
      rested();
    } else if (dataset.go && outbox && performance.now() - shownAt > DOUBLE_TAP) choose(button);
  });
  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, rested));
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  document.addEventListener("parvis:live", () => {
    all("[data-wait-now]").forEach((now) => {
      const place = document.querySelector(`[data-wait="${now.dataset.waitNow}"]`);
      if (place) place.textContent = now.textContent;
    });
  });

  function tell({ pending, problems }) {
    const say = (selector, number) => {
      const place = document.querySelector(selector);
      place.hidden = !number;
      place.querySelector("b").textContent = String(number);
    };
    say("[data-unsent]", pending);
    say("[data-problems]", problems);
  }

  applyOptions();
  const at = handed.get("at") ?? FIRST;
  show(steps.has(at) && !LAST_STEPS.includes(at) ? at : FIRST, handed.has("at"));
  setInterval(tick, 1_000);
  parvisOutbox({ name: `device-${kiosk}`, address: entries, onChange: tell }).then((made) => { outbox = made; });
})();
