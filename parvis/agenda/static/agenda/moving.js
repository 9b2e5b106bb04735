// A session is taken to another day (and in the week to another room) by dragging, or by arrow keys and Enter. The server decides.
(() => {
  "use strict";
  const table = document.querySelector("[data-moving]"), said = document.getElementById("moving-said");
  if (!table || !said) return;
  const DAY = 86_400_000, KEPT = "agenda-moved";
  let taken = null, over = null, waiting = false;

  function say(words, wrong = false) {
    said.textContent = words;
    said.classList.toggle("agenda-wrong", wrong);
  }

  function mark(cell) {
    over?.classList.remove("agenda-over");
    over = cell;
    over?.classList.add("agenda-over");
  }

  function leave() {
    taken?.classList.remove("agenda-taken");
    taken = null;
    mark(null);
  }

  function take(entry) {
    taken = entry;
    taken.classList.add("agenda-taken");
  }

  // The day on which it begins then: as far from the day it was taken from as the cell is.
  function begins(entry, from, to) {
    const shift = Date.parse(to.dataset.day) - Date.parse(from.dataset.day);
    return new Date(Math.round((Date.parse(entry.dataset.begins) + shift) / DAY) * DAY).toISOString().slice(0, 10);
  }

  async function put(entry, cell) {
    const from = entry.closest("[data-day]");
    if (waiting || cell === from) return leave();
    const body = new URLSearchParams({
      csrfmiddlewaretoken: said.dataset.token, sequence: entry.dataset.sequence, day: begins(entry, from, cell),
    });
    if ("room" in cell.dataset) { body.set("left", from.dataset.room); body.set("room", cell.dataset.room); }
    waiting = true;
    entry.setAttribute("aria-busy", "true");
    say(said.dataset.wait);
    try {
      const answer = await fetch(entry.dataset.drop, { method: "POST", body, headers: { accept: "application/json" } });
      const told = await answer.json();
      if (told.ask) return location.assign(told.ask);
      if (answer.ok) {
        sessionStorage.setItem(KEPT, entry.dataset.session);
        return location.reload();
      }
      say(told.why, true);
    } catch {
      say(said.dataset.lost, true);
    }
    waiting = false;
    entry.removeAttribute("aria-busy");
    leave();
  }

  table.addEventListener("dragstart", (event) => {
    const entry = event.target.closest?.("[data-session]");
    if (!entry) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.dataset.session);
    take(entry);
  });
  table.addEventListener("dragover", (event) => {
    const cell = event.target.closest?.("[data-day]");
    if (!taken || !cell) return;
    event.preventDefault();
    mark(cell);
  });
  table.addEventListener("drop", (event) => {
    const cell = event.target.closest?.("[data-day]");
    if (!taken || !cell) return;
    event.preventDefault();
    put(taken, cell);
  });
  table.addEventListener("dragend", () => { if (!waiting) leave(); });

  function beside(cell, key) {
    const forward = (key === "ArrowRight") === (document.documentElement.dir !== "rtl");
    const row = cell.parentElement, upright = key === "ArrowUp" || key === "ArrowDown";
    if (!upright) {
      const next = forward ? cell.nextElementSibling : cell.previousElementSibling;
      if (next?.dataset.day) return next;
    }
    const down = upright ? key === "ArrowDown" : forward;
    const other = down ? row.nextElementSibling : row.previousElementSibling;
    const cells = other ? [...other.querySelectorAll("[data-day]")] : [];
    if (upright) return cells[[...row.querySelectorAll("[data-day]")].indexOf(cell)] ?? cell;
    return (forward ? cells[0] : cells.at(-1)) ?? cell;
  }

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const entry = event.target.closest("[data-session]");
    if (!entry || waiting) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      if (taken !== entry) { leave(); take(entry); mark(entry.closest("[data-day]")); }
      mark(beside(over, event.key));
      over.scrollIntoView({ block: "nearest", inline: "nearest" });
      say(`${over.dataset.where}. ${said.dataset.to}`);
    } else if (event.key === "Enter" && taken === entry && over) {
      event.preventDefault();
      put(entry, over);
    } else if (event.key === "Escape" && taken === entry) {
      event.preventDefault();
      leave();
      say(said.dataset.left);
    }
  });
  table.addEventListener("focusout", () => { if (!waiting && taken) leave(); });

  const moved = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  table.querySelector(`[data-session="${CSS.escape(moved ?? "")}"] a`)?.focus();
})();
