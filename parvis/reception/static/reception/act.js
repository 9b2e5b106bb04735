// Coding by keyboard: a letter leads to a question, a digit chooses in it, arrows move, Enter saves (the form's own doing).
(() => {
  "use strict";
  const form = document.querySelector("[data-act]");
  if (!form) return;
  const groups = [...form.querySelectorAll("[data-letter]")];
  const choices = (group) => [...group.querySelectorAll("input")];

  groups.forEach((group) => {
    choices(group).slice(0, 10).forEach((input, place) => { input.closest(".chip").dataset.digit = (place + 1) % 10; });
  });

  function told(group) {
    const chosen = group.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = choices(group).filter((input) => input.checked).map((input) => input.closest(".chip").textContent.trim()).join(", ");
  }

  function lead(group) {
    if (group.tagName === "DETAILS") group.open = true;
    const inputs = choices(group);
    (inputs.find((input) => input.checked) ?? inputs[0])?.focus();
    group.scrollIntoView({ block: "nearest" });
  }

  function toggle(input) {
    if (input.type === "radio" && input.checked) input.checked = false; else input.click();
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(event, group) {
    const inputs = choices(group);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = inputs[inputs.indexOf(document.activeElement) + (document.dir === "rtl" && event.key.match(/Left|Right/) ? -step : step)];
    event.preventDefault();
    next?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog, button, a")) return;
    const active = document.activeElement.closest("[data-letter]") ?? groups[0];
    if (/^[0-9]$/.test(event.key)) {
      const input = choices(active)[(Number(event.key) + 9) % 10];
      if (!input) return;
      event.preventDefault();
      return toggle(input);
    }
    if (event.key.startsWith("Arrow") && event.target.matches("input")) return move(event, active);
    const wanted = event.key.toLowerCase();
    const group = groups.find((one) => one.dataset.letter === wanted);
    if (group) { event.preventDefault(); return lead(group); }
    const extra = { m: "#id_minutes", l: "#id_language", p: "#id_size", "/": "#id_note" }[wanted];
    const field = extra && form.querySelector(extra);
    if (field) { event.preventDefault(); field.focus(); field.select?.(); }
  });

  form.addEventListener("change", (event) => {
    const group = event.target.closest("[data-letter]");
    if (group) told(group);
    count();
  });
  form.addEventListener("input", count);

  // A second Enter while the first travels is the same act all the same; the button says that it was heard.
  form.addEventListener("submit", () => { form.querySelector("[type=submit], .act-save button").setAttribute("aria-busy", "true"); });

  // Totals of a group: what is still to place.
  const size = form.querySelector("#id_size");
  function count() {
    const whole = Number(size?.value) || 0;
    form.querySelectorAll("[data-table]").forEach((table) => {
      const inputs = [...table.querySelectorAll("input")];
      const sum = inputs.reduce((total, input) => total + (Number(input.value) || 0), 0);
      const says = table.querySelector("[data-sum]");
      const words = sum > whole ? says.dataset.over : sum < whole ? says.dataset.left : says.dataset.words;
      says.textContent = sum && whole ? words.replace("%1", sum).replace("%2", whole).replace("%3", Math.abs(whole - sum)) : "";
      says.classList.toggle("act-sum-wrong", Boolean(sum && whole && sum !== whole));
      const rest = table.querySelector("[data-rest]");
      if (rest) rest.hidden = !(whole && sum < whole);
    });
  }
  form.addEventListener("click", (event) => {
    const rest = event.target.closest("[data-rest]");
    if (!rest) return;
    const table = rest.closest("[data-table]");
    const input = document.getElementById(rest.dataset.rest);
    const sum = [...table.querySelectorAll("input")].reduce((total, one) => total + (Number(one.value) || 0), 0);
    input.value = (Number(input.value) || 0) + (Number(size.value) || 0) - sum;
    input.focus();
    count();
  });

  groups.forEach(told);
  count();
  const wrong = form.querySelector("[aria-invalid=true], .field-errors ~ * input");
  const first = groups.find((group) => !choices(group).some((input) => input.checked)) ?? groups[0];
  if (wrong) wrong.focus(); else if (size && !size.value) size.focus(); else if (first) lead(first);
})();
