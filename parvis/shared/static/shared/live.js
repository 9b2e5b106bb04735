// Keeps the parts of a page that carry data-live="<address>" as they are on the server.
//
//   <div data-live="{{ address }}">…the text as it was when the page was made…</div>
//   data-live-mode="event"   leaves the inside alone: the page listens to the event instead
//
// Each new text replaces the inside and fires "parvis:live" (detail.text) on the element. data-live-state, on each
// element and on <html>, says "connecting", "live", "polling" or "offline". All parts of a page share one stream, and a
// hidden tab gives its stream back: a browser opens only six connections to one host.
(() => {
  "use strict";

  const SILENCE = 45_000; // ms without a sign of life: the connection is dead, whatever the browser thinks
  const POLL = 5_000;
  const POLL_HIDDEN = 20_000;
  const SLOWEST = 30_000;

  const parts = new Map(); // element -> the last text it was given, or null
  let stream = null;
  let failures = 0;
  let watchdog = 0;
  let reopening = 0;
  let polling = 0; // the number of the round of polling that goes on, 0 for none
  let rounds = 0;
  let resting = 0;

  const jitter = (ms) => ms * (0.5 + Math.random());

  function show(state) {
    document.documentElement.dataset.liveState = state;
    for (const element of parts.keys()) element.dataset.liveState = state;
  }

  // The same document, however the two were written: nothing is replaced, announced or rung twice.
  function same(element, text) {
    const template = document.createElement("template");
    template.innerHTML = text;
    return template.innerHTML === element.innerHTML;
  }

  function update(element, text) {
    if (parts.get(element) === text) return;
    const first = parts.get(element) === null;
    parts.set(element, text);
    if (element.dataset.liveMode !== "event") {
      if (first && same(element, text)) return;
      const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
      element.innerHTML = text;
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
      window.htmx?.process(element);
    }
    element.dispatchEvent(new CustomEvent("parvis:live", { bubbles: true, detail: { text } }));
  }

  // Stream

  function open() {
    clearTimeout(reopening);
    close();
    if (!parts.size) return;
    const elements = [...parts.keys()];
    const signed = elements.map((element) => element.dataset.live.split("/")[2]);
    stream = new EventSource(`/live/${signed.join(",")}/`);
    stream.addEventListener("open", opened);
    stream.addEventListener("error", failed);
    stream.addEventListener("beat", alive);
    elements.forEach((element, index) => {
      stream.addEventListener(index ? String(index) : "message", (event) => {
        alive();
        update(element, event.data);
      });
    });
    alive();
  }

  function close() {
    clearTimeout(watchdog);
    stream?.close();
    stream = null;
  }

  function opened() {
    failures = 0;
    stopPolling();
    show("live");
  }

  function alive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(failed, SILENCE);
  }

  function failed() {
    close();
    failures += 1;
    if (failures === 1) {
      show("connecting");
      reopening = setTimeout(open, jitter(500)); // most often a server that is starting again
      return;
    }
    startPolling(POLL);
    reopening = setTimeout(open, jitter(Math.min(1_000 * 2 ** failures, SLOWEST)));
  }

  // Polling, while no stream comes through

  function startPolling(every) {
    if (polling) return;
    const round = (polling = ++rounds);
    const again = async () => {
      await poll();
      if (polling === round) setTimeout(() => polling === round && again(), jitter(every));
    };
    again();
  }

  function stopPolling() {
    polling = 0;
  }

  async function poll() {
    try {
      for (const element of parts.keys()) {
        const answer = await fetch(`${element.dataset.live}now/`, { cache: "no-store", redirect: "error" });
        if (answer.status === 404) return expired();
        // A portal of somebody's network answers 200, too: only our own server says what this is.
        if (!answer.ok || !answer.headers.has("X-Parvis-Live")) throw new Error(String(answer.status));
        update(element, await answer.text());
      }
      if (polling) show("polling");
    } catch {
      if (polling) show("offline");
    }
  }

  // An address is good for a day. After that the page is made anew, but not under somebody's hands.
  function expired() {
    show("offline");
    const last = Number(sessionStorage.getItem("parvis-live-reload") || 0);
    const busy = document.activeElement?.matches("input, textarea, select, [contenteditable]");
    if (busy || Date.now() - last < 60_000) return;
    sessionStorage.setItem("parvis-live-reload", String(Date.now()));
    location.reload();
  }

  // Which parts there are

  function find() {
    const there = new Set(document.querySelectorAll("[data-live]"));
    const news = [...there].filter((element) => !parts.has(element));
    const gone = [...parts.keys()].filter((element) => !there.has(element));
    gone.forEach((element) => parts.delete(element));
    news.forEach((element) => parts.set(element, null));
    if (news.length || gone.length) {
      news.forEach((element) => (element.dataset.liveState = "connecting"));
      if (!document.hidden) open();
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) {
      resting = setTimeout(() => {
        clearTimeout(reopening);
        close();
        startPolling(POLL_HIDDEN);
      }, 5_000);
    } else if (!stream) {
      stopPolling();
      open();
    }
  });
  window.addEventListener("online", open);
  window.addEventListener("offline", failed);
  window.addEventListener("pageshow", (event) => event.persisted && open());
  window.addEventListener("pagehide", close);
  document.addEventListener("htmx:afterSettle", find);
  find();
})();
