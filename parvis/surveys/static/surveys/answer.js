// A survey is answered. On a screen that many share: one question a screen, and then it forgets. On one's own device: one section
// a screen, and what was answered stays on the device until it is sent. Without this script each section is a page.
(() => {
  "use strict";

  const SILENCE = 45; // seconds without a touch before a shared screen forgets
  const LAST = 10; // seconds that are announced
  const THANKS = 12; // seconds for which a shared screen says thank you
  const RESTS = 60; // seconds after which a screen that is not asking looks again
  const KEPT = 2 * 86_400_000; // ms for which a device keeps what was not sent
  const DOUBLE_TAP = 400; // ms

  const { survey, start, shared, answered, overNow, rests } = document.body.dataset;
  const isShared = shared !== undefined;
  const store = `parvis-survey-${survey}`;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const form = one("[data-form]");

  function remember(value) {
    if (isShared) return;
    try {
      value ? localStorage.setItem(store, JSON.stringify(value)) : localStorage.removeItem(store);
    } catch { /* not kept, still sent */ }
  }

  function remembered() {
    if (isShared) return null;
    try {
      const found = JSON.parse(localStorage.getItem(store) ?? "null");
      return found && Date.now() - found.at < KEPT ? found : null;
    } catch { return null; }
  }

  // Only where it can be reached: a shared screen must never show the browser's own page about a network.
  async function reached() {
    try {
      const answer = await fetch(start, { cache: "no-store", signal: AbortSignal.timeout(6_000) });
      return answer.headers.has("X-Parvis");
    } catch { return false; }
  }

  async function anew() {
    if (await reached()) location.replace(start);
    else setTimeout(anew, 10_000);
  }

  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (!form) {
    if (overNow !== undefined) remember(null);
    if (isShared) setTimeout(anew, (rests === undefined ? THANKS : RESTS) * 1_000);
    return;
  }

  const welcome = one("[data-welcome]");
  const parts = all("[data-part]");
  const questions = all("[data-question]");
  const screens = isShared ? [welcome, ...questions] : parts;
  const next = one("[data-next]");
  const previous = one("[data-previous]");
  const send = one("[data-send]");
  const soon = one("[data-soon]");
  const far = one("[data-far]");
  let at = 0;
  let shownAt = 0;
  let left = SILENCE;
  let sending = false;

  // Which questions are asked, in order, after the answers to those before.

  function values(key) {
    return all("input:checked", one(`[data-question="${CSS.escape(key)}"]`)).map((input) => input.value);
  }

  function ask() {
    const shown = new Set();
    questions.forEach((question) => {
      const conditions = Object.entries(JSON.parse(question.dataset.onlyIf ?? "{}"));
      const isAsked = conditions.every(([key, wanted]) => shown.has(key) && values(key).some((value) => wanted.includes(value)));
      if (isAsked) shown.add(question.dataset.question);
      question.toggleAttribute("data-not-asked", !isAsked);
      if (!isShared) question.hidden = !isAsked;
    });
    all("[data-most]").forEach((question) => {
      const full = all("input:checked", question).length >= Number(question.dataset.most);
      all("input:not(:checked)", question).forEach((input) => { input.disabled = full; });
    });
  }

  const isAsked = (screen) => screen === welcome
    || (isShared ? !screen.hasAttribute("data-not-asked") : all("[data-question]:not([data-not-asked])", screen).length > 0);
  const following = (from, by) => {
    for (let n = from + by; n >= 0 && n < screens.length; n += by) if (isAsked(screens[n])) return n;
    return -1;
  };

  // Screens

  function show(n, focus = true) {
    at = n;
    shownAt = performance.now();
    const screen = screens[n];
    if (isShared) {
      welcome.hidden = screen !== welcome;
      parts.forEach((part) => { part.hidden = !part.contains(screen); });
      questions.forEach((question) => { question.hidden = question !== screen; });
    } else {
      parts.forEach((part) => { part.hidden = part !== screen; });
      welcome.hidden = following(n, -1) >= 0;
    }
    const isWelcome = screen === welcome;
    const isLast = following(n, 1) < 0;
    one("[data-end]").hidden = isWelcome;
    one("[data-begin-row]").hidden = !isWelcome;
    turn(isLast);
    previous.hidden = isShared || following(n, -1) < 0;
    all("[data-end] [data-leaves]").forEach((button) => { button.hidden = isShared || following(n, -1) >= 0; });
    form.elements.screen.value = isShared && !isWelcome ? screen.dataset.question : "";
    all("[data-speaks]").forEach((button) => { button.value = String(isShared ? Math.max(0, parts.findIndex((part) => part.contains(screen))) : n); });
    const back = one("[data-back]");
    if (back) back.disabled = isWelcome;
    far.hidden = isWelcome || screens.length < 3;
    far.value = Math.round((100 * screens.slice(0, n).filter(isAsked).length) / screens.filter(isAsked).length);
    document.body.toggleAttribute("data-welcoming", !welcome.hidden);
    all("[data-picture]").forEach((picture) => { picture.hidden = !isWelcome; });
    if (focus) {
      (isWelcome ? one("h1") : one("h2, legend", screen)).focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    rested();
  }

  // A disabled button is never what the Enter key presses.
  function turn(isLast) {
    next.hidden = next.disabled = isLast;
    send.hidden = send.disabled = !isLast;
  }

  function isAnswered(question) {
    return all("input, textarea", question).some((field) =>
      ["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim());
  }

  function isComplete(screen) {
    const here = isShared ? [screen] : all("[data-question]:not([data-not-asked])", screen);
    const wanting = here.filter((question) => question.hasAttribute?.("data-required") && !isAnswered(question));
    all("[data-needed]", screen).forEach((note) => { note.hidden = !wanting.includes(note.closest("[data-question]")); });
    if (wanting.length) one("input:not([type=hidden]), textarea", wanting[0]).focus();
    return !wanting.length;
  }

  function go(by) {
    if (by > 0 && !isComplete(screens[at])) return;
    const n = following(at, by);
    if (n >= 0) show(n);
  }

  // What was answered stays here until it is sent

  function keep() {
    if (isShared) return;
    const fields = [...new FormData(form)].filter(([name]) => name.startsWith("q-"));
    remember(fields.some(([, value]) => value) ? { key: form.elements.key.value, fields, screen: at, at: Date.now() } : null);
  }

  function fill(fields) {
    fields.forEach(([name, value]) => {
      all(`[name="${CSS.escape(name)}"]`, form).forEach((field) => {
        if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
        else field.value = value;
      });
    });
  }

  function empty() {
    all("[data-question] :is(input, textarea)").forEach((field) => {
      if (["radio", "checkbox"].includes(field.type)) field.checked = false; else field.value = "";
      field.disabled = false;
    });
    all(".field-error", form).forEach((note) => { note.hidden = true; });
    all(".field-wrong", form).forEach((question) => question.classList.remove("field-wrong"));
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    form.elements.key.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    ask();
  }

  async function forget(telling) {
    if (telling && questions.some(isAnswered)) {
      const told = new FormData();
      told.append("unfinished", "1");
      told.append("key", form.elements.key.value);
      fetch(start, { method: "POST", body: told, redirect: "manual", keepalive: true }).catch(() => {});
    }
    empty();
    remember(null);
    show(0, false);
    document.activeElement?.blur();
    scrollTo(0, 0);
    if (isShared && await reached()) location.replace(start);
  }

  // Silence

  function rested() {
    left = SILENCE;
    if (soon) soon.hidden = true;
  }

  function tick() {
    const atRest = at === 0 && !location.search && answered === undefined;
    if (!isShared || sending || atRest) return;
    left -= 1;
    soon.hidden = left > LAST;
    one("progress", soon).value = Math.max(0, left);
    if (left <= 0) forget(true);
  }

  // Hands

  async function submit(button) {
    if (sending) return;
    sending = true;
    one("[data-offline]").hidden = true;
    if (await reached()) {
      if (button.name) {
        const said = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
        form.append(said);
      }
      form.submit();
    } else {
      sending = false;
      one("[data-offline]").hidden = false;
    }
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && "speaks" in button.dataset) return; // another language: the form goes along
    event.preventDefault();
    const isDouble = performance.now() - shownAt < DOUBLE_TAP && event.detail !== 0;
    if (isDouble) return;
    if (button === previous) go(-1);
    else if (button && "leaves" in button.dataset) leave(button);
    else onwards();
  });

  function onwards() {
    if (!next.hidden) go(1);
    else if (isComplete(screens[at])) submit(send);
  }

  function leave(button) {
    remember(null);
    submit(button);
  }

  // The Enter key in a field presses the page's main button, not the first one of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (performance.now() - shownAt > DOUBLE_TAP) onwards();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("begin" in button.dataset) { if (performance.now() - shownAt > DOUBLE_TAP) go(1); }
    else if ("leaves" in button.dataset && button.type === "button") leave(button);
    else if ("back" in button.dataset) go(-1);
    else if ("over" in button.dataset) { forget(true); const kept = one("[data-kept]"); if (kept) kept.hidden = true; }
    else if (soon?.contains(button)) rested();
  });
  form.addEventListener("input", () => { ask(); keep(); turn(following(at, 1) < 0); });
  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, rested));
  if (isShared) addEventListener("contextmenu", (event) => event.preventDefault());

  const kept = answered === undefined ? remembered() : null;
  if (kept) {
    form.elements.key.value = kept.key;
    fill(kept.fields);
    one("[data-kept]").hidden = false;
  }
  const foot = one("[data-foot]");
  if (foot) foot.hidden = false;
  ask();
  if (isShared) {
    const wrong = questions.findIndex((question) => question.classList.contains("field-wrong"));
    const named = questions.findIndex((question) => question.dataset.question === form.elements.screen.value);
    show(1 + (wrong >= 0 ? wrong : named), answered !== undefined);
  } else {
    const front = parts.findIndex((part) => !part.hidden);
    show(kept ? Math.min(kept.screen, parts.length - 1) : Math.max(front, 0), answered !== undefined);
    if (kept) welcome.hidden = false;
  }
  document.documentElement.dataset.surveyState = "ready";
  setInterval(tick, 1_000);
})();
