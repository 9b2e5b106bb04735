// A filled sheet is typed in by the keyboard: figures mark the answers that are printed with them, Enter goes on. A line is one row of
// answers or one field. Without this script the page is an ordinary form.
(() => {
  "use strict";

  const form = document.querySelector("[data-entry]");
  document.querySelectorAll("form[data-once]").forEach((one) => one.addEventListener("submit", (event) => {
    if (one.dataset.sent) event.preventDefault();
    one.dataset.sent = "1";
  }));
  // A page that the browser brings back from its memory would show a sheet that was kept already.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  const all = (selector, within = form) => [...within.querySelectorAll(selector)];
  const lines = all("[data-line]");
  const keep = form.querySelector("[data-keep]");
  const ticks = (line) => all("input[data-code]", line);
  let typed = ""; // figures of the answer that is being typed

  // Which questions are asked after the answers so far, as on the visitors' own pages (answer.js).
  function ask() {
    const shown = new Set();
    all("[data-question]").forEach((question) => {
      const conditions = Object.entries(JSON.parse(question.dataset.onlyIf ?? "{}"));
      const chosen = (key) => all(`[data-question="${CSS.escape(key)}"] input:checked`).map((input) => input.value);
      const isAsked = conditions.every(([key, wanted]) => shown.has(key) && chosen(key).some((one) => wanted.includes(one)));
      if (isAsked) shown.add(question.dataset.question);
      question.toggleAttribute("data-not-asked", !isAsked);
      const note = question.querySelector("[data-skipped]");
      if (note) note.hidden = isAsked;
    });
  }

  const isAsked = (line) => !line.closest("[data-question]").hasAttribute("data-not-asked");
  const lineOf = (element) => element.closest("[data-line]");

  function enter(line) {
    typed = "";
    const field = line.querySelector("input:checked") ?? line.querySelector("input, textarea");
    field.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  function go(from, by) {
    for (let n = lines.indexOf(from) + by; n >= 0 && n < lines.length; n += by) {
      if (isAsked(lines[n])) return enter(lines[n]);
    }
    if (by > 0) keep.focus();
  }

  function mark(line, figure) {
    const find = (code) => ticks(line).find((input) => input.dataset.code === code);
    const longer = typed && find(typed + figure);
    const input = longer || find(figure);
    if (!input) return;
    if (longer && input.type === "checkbox") find(typed).checked = false; // the 1 of a 12 was no answer
    typed = longer ? typed + figure : figure;
    input.checked = input.type === "checkbox" && !longer ? !input.checked : true;
    input.focus({ preventScroll: true });
    ask();
  }

  function empty(line) {
    typed = "";
    ticks(line).forEach((input) => { input.checked = false; });
    ask();
  }

  form.addEventListener("keydown", (event) => {
    const line = lineOf(event.target);
    if (!line || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTicks = event.target.dataset.code !== undefined;
    if (event.key === "Enter") {
      event.preventDefault();
      go(line, event.shiftKey ? -1 : 1);
    } else if (isTicks && /^[0-9]$/.test(event.key)) {
      event.preventDefault();
      mark(line, event.key);
    } else if (isTicks && (event.key === "Backspace" || event.key === "Delete")) {
      event.preventDefault();
      empty(line);
    } else if (isTicks && (event.key === " " || event.key === ",") && typed) {
      event.preventDefault();
      typed = "";
    }
  });
  keep.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    const last = lines.filter(isAsked).at(-1);
    if (last) enter(last);
  });
  form.addEventListener("focusin", (event) => {
    const line = lineOf(event.target);
    lines.forEach((one) => one.classList.toggle("entry-here", one === line));
    if (!line) typed = "";
  });
  form.addEventListener("change", ask);

  ask();
  const wrong = form.querySelector(".field-wrong [data-line]");
  const first = wrong ?? lines.find(isAsked);
  if (first) enter(first);
  document.documentElement.dataset.entryState = "ready";
})();
