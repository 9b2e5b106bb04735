// The door of a session: each thing noted is written down on this device, then shown, and handed in when the network lets it.
// Without this script every button is a form of its own.
(() => {
  "use strict";

  const { door, entries } = document.body.dataset;
  const list = document.querySelector("[data-names]");
  const said = document.querySelector("[data-said]");
  const totals = { here: document.querySelector("[data-here]"), clicked: document.querySelector("[data-clicked]") };
  const line = (token) => list?.querySelector(`[data-coming="${CSS.escape(token)}"]`);
  const refusals = new Map(); // key -> what the server said
  let outbox = null;

  const add = (place, count) => { place.textContent = String(Math.max(0, Number(place.textContent) + count)); };

  function show(row, came) {
    row.dataset.state = came ? "came" : "held";
    row.querySelector("[data-as=here]").hidden = Boolean(came);
    row.querySelector("[data-as=undo]").hidden = !came;
    for (const pill of row.querySelectorAll("[data-pill]")) pill.hidden = true;
    if (came) row.querySelector("[data-came]").textContent = String(came);
  }

  // What the page shows at once; the server's answer puts it right where it knows better.
  function apply(note) {
    if (note.do === "click") return add(totals.clicked, note.count);
    const row = line(note.token);
    if (!row) return;
    const before = row.dataset.state === "came" ? Number(row.querySelector("[data-came]").textContent) : 0;
    const came = note.do === "here" ? note.came : 0;
    show(row, came);
    add(totals.here, came - before);
  }

  function heard(note, answer) {
    const row = note.token && line(note.token);
    if (answer.refused) {
      refusals.set(answer.key, answer.refused);
      if (note.do === "click") add(totals.clicked, -note.count);
      else if (row) {
        if (note.do === "here") { show(row, 0); add(totals.here, -note.came); }
        for (const pill of row.querySelectorAll("[data-pill]")) pill.hidden = false;
      }
      tell(answer.refused);
      return;
    }
    if (row && answer.state) show(row, answer.state === "came" ? answer.came : 0);
    outbox.pending().then((waiting) => { // what other tablets noted is in it
      if (!waiting) for (const [name, place] of Object.entries(totals)) place.textContent = String(answer[name]);
    });
  }

  function tell(words) {
    if (said) said.textContent = words;
  }

  async function note(what, shown = () => {}) {
    if (!outbox) return;
    const key = crypto.randomUUID();
    const given = await outbox.enter({ ...what, key }, () => { apply(what); shown(); });
    if (given.answer) heard(what, given.answer);
    else given.later?.then((late) => heard(what, late.answer));
  }

  // Which button was pressed says what happened; its line, or its form, the rest.
  function read(form, button) {
    const row = button?.closest("[data-coming]");
    if (!row) return { do: "click", count: Number(new FormData(form).get("count")) };
    return { do: button.name, token: row.dataset.coming, came: Number(row.querySelector("input").value) || 1 };
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-note]");
    if (!form || !outbox) return; // no store on this device: the form goes as it is
    event.preventDefault();
    const { submitter } = event;
    const row = submitter?.closest("[data-coming]");
    const other = row?.querySelector(`[name=${submitter.name === "here" ? "undo" : "here"}]`);
    let kept = false;
    note(read(form, submitter), () => {
      kept = true;
      const waits = document.activeElement === document.body || row?.contains(document.activeElement);
      if (waits) other?.focus(); // else somebody was quicker, and has gone on
    }).catch(() => {
      if (kept) return;
      outbox = null; // this device keeps nothing
      setTimeout(() => form.requestSubmit(submitter)); // once this sending is over
    });
  });
  list?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    event.target.closest("[data-coming]").querySelector("[name=here]").click();
  });

  // A word or a number that is typed leaves the lines that have it.
  const find = document.querySelector("[data-find]");
  const typed = find?.querySelector("input");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  if (find) find.hidden = false;
  typed?.addEventListener("input", () => {
    const wanted = plain(typed.value);
    for (const row of list.children) {
      const name = plain(row.querySelector("[data-name]").textContent);
      row.hidden = Boolean(wanted) && !(/^\d+$/.test(wanted) ? row.dataset.number === wanted : name.includes(wanted));
    }
  });

  // Squares: by the device's own reader, where it has one. Else a phone's camera opens the page behind the square.
  const scan = find?.querySelector("[data-scan]");
  const video = document.querySelector("[data-video]");
  if (scan && "BarcodeDetector" in window && navigator.mediaDevices) {
    scan.hidden = false;
    let stream = null;
    const stop = () => {
      stream?.getTracks().forEach((track) => track.stop());
      stream = null;
      video.hidden = true;
    };
    scan.addEventListener("click", async () => {
      if (stream) return stop();
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch { return; }
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      const reader = new BarcodeDetector({ formats: ["qr_code"] });
      const look = async () => {
        if (!stream) return;
        const [code] = await reader.detect(video).catch(() => []);
        const token = /\/coming\/([\w-]+)\//.exec(code?.rawValue ?? "")?.[1];
        if (!token) return setTimeout(look, 200);
        stop();
        const row = line(token);
        note({ do: "here", token, came: row ? Number(row.dataset.seats) : undefined });
        if (row) tell(row.querySelector("[data-name]").textContent);
      };
      look();
    });
  }

  const problems = document.querySelector("[data-problems]");
  problems.querySelector("button").addEventListener("click", async () => {
    await outbox.settle((await outbox.problems()).map((one) => one.key));
    await outbox.changed();
  });

  async function changed({ pending }) {
    const unsent = document.querySelector("[data-unsent]");
    unsent.hidden = !pending;
    unsent.querySelector("b").textContent = String(pending);
    const refused = outbox ? await outbox.problems() : [];
    problems.hidden = !refused.length;
    problems.querySelector("ul").replaceChildren(...refused.map((one) => {
      const item = document.createElement("li");
      const name = one.said.token && line(one.said.token)?.querySelector("[data-name]").textContent;
      item.textContent = [name, one.refused].filter(Boolean).join(": ");
      return item;
    }));
  }

  parvisOutbox({ name: `door-${door}`, address: entries, onChange: changed }).then(async (made) => {
    // What was noted before the page was opened again is shown as noted.
    for (const one of await made.db.getAll("entries")) if (!one.refused) apply(one.said);
    outbox = made;
    document.documentElement.dataset.doorState = "ready";
  });
})();
