// A talk on a bad line. Each message has its key before it is first sent, and goes when the one before it has arrived: tried again it
// is the same message, and nothing overtakes. What is not sent yet is in this page alone, never in the browser's store. Streams
// only say that there is something new; the words are asked for. Without this file the form works all the same.
(() => {
  "use strict";

  const MARK = "X-Parvis-Talk";
  const PATIENCE = 15_000; // ms for one try
  const HEARTBEAT = 20_000; // so that the other side knows that we are here
  const SLOWEST = 15_000;

  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  const part = (name) => talk.querySelector(`[data-talk-${name}]`);
  const [lines, state, danger, away, lost, form, fields, pending] = [
    "lines", "state", "danger", "away", "lost", "form", "fields", "pending",
  ].map(part);

  const outbox = []; // {key, text, names, after, row}: first in, first out
  let mine = ""; // the key of what this page said last
  let sending = false;
  let failures = 0;
  let retry = 0;
  let asking = false;
  let again = false;

  const field = () => form.elements.text;

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages without TLS, in a centre's own network
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  async function post(address, said) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("last", [...lines.querySelectorAll("[data-key]")].at(-1)?.dataset.key ?? "");
    for (const [name, value] of Object.entries(said)) body.set(name, value);
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method: "POST", body, headers: { [MARK]: "1" }, cache: "no-store", signal: stop.signal,
      });
      return { status: answer.status, redirected: answer.redirected, mark: answer.headers.get(MARK), text: await answer.text() };
    } finally {
      clearTimeout(patience);
    }
  }

  // What came: lines that are not here yet, how things stand, a card.
  function show(text) {
    const came = document.createElement("template");
    came.innerHTML = text;
    let grew = false;
    for (const line of came.content.querySelectorAll("[data-lines] > [data-key]")) {
      if (lines.querySelector(`[data-key="${CSS.escape(line.dataset.key)}"]`)) continue;
      outbox.find((one) => one.key === line.dataset.key)?.row.remove(); // it had arrived, and only the answer was lost
      lines.insertBefore(line, lines.querySelector(".talk-pending"));
      grew = true;
    }
    const now = came.content.querySelector("[data-state]");
    if (now && now.innerHTML !== state.innerHTML) state.innerHTML = now.innerHTML;
    const card = came.content.querySelector("[data-danger]");
    if (danger && card?.children.length) danger.innerHTML = card.innerHTML;
    if (grew) lines.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  // Sending

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field().value.trim();
    if (!text) return field().focus();
    const row = pending.content.firstElementChild.cloneNode(true);
    row.querySelector(".talk-text").textContent = text;
    lines.append(row);
    const key = newKey();
    const names = event.submitter?.name === "names" ? event.submitter.value : "";
    outbox.push({ key, text, names, after: mine, row });
    mine = key;
    field().value = "";
    fields.querySelectorAll(".alert").forEach((alert) => alert.remove());
    field().focus();
    pump();
  });

  async function pump() {
    if (sending || !outbox.length) return;
    clearTimeout(retry);
    sending = true;
    const { key, text, names, after } = outbox[0];
    try {
      arrived(await post(form.action, { key, text, names, after }));
    } catch {
      failed();
    }
    sending = false;
    if (!failures) pump();
  }

  function arrived(answer) {
    if (answer.mark === "news") {
      well();
      outbox.shift().row.remove();
      show(answer.text);
    } else if (answer.mark === "form") {
      well();
      handBack(answer.text);
    } else if (gone(answer)) {
      lost.hidden = false;
      failures = 1; // no more tries: the words stay where they are
    } else failed(); // a server that starts again, or somebody's portal
  }

  // The message comes back with what is to be looked at; what was typed meanwhile stays behind it.
  function handBack(text) {
    const { after, row } = outbox.shift();
    const typed = field().value;
    row.remove();
    if (outbox.length) outbox[0].after = after;
    else mine = after;
    fields.innerHTML = text;
    if (typed.trim()) field().value = `${field().value}\n${typed}`;
    field().focus();
  }

  const gone = (answer) => answer.redirected || [401, 403, 404].includes(answer.status);

  function well() {
    failures = 0;
    away.hidden = true;
  }

  function failed() {
    failures += 1;
    away.hidden = false;
    clearTimeout(retry);
    retry = setTimeout(pump, Math.min(1_000 * 2 ** failures, SLOWEST) * (0.5 + Math.random() / 2));
  }

  // What is new

  async function news() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await post(talk.dataset.news, {});
      if (answer.mark === "news") {
        show(answer.text);
        if (!outbox.length) well();
      } else if (gone(answer)) lost.hidden = false;
    } catch {
      away.hidden = false;
    }
    asking = false;
    if (again) {
      again = false;
      news();
    }
  }

  talk.addEventListener("parvis:live", news);
  window.addEventListener("online", () => {
    failures = 0;
    pump();
    news();
  });
  setInterval(news, HEARTBEAT);
  window.addEventListener("beforeunload", (event) => {
    if (outbox.length || field()?.value.trim()) event.preventDefault();
  });
  lines.lastElementChild?.scrollIntoView({ block: "nearest" });
})();
