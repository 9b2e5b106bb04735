// The greeter's tablet without a network: an arrival that could not be sent goes into the outbox under the key it already
// had, and shows a leased number. What the server may have heard of it all the same stays one ticket.
(() => {
  "use strict";

  const { tablet, entries } = document.body.dataset;
  const { lang } = document.documentElement;
  let outbox = null;

  async function keep(form, parameters) {
    if (!outbox) return;
    const said = Object.fromEntries(["key", "theme", "language", "size", "arrival", "priority", "seated_in"]
      .map((name) => [name, parameters[name] ?? ""]));
    form.reset();
    form.elements.key.value = crypto.randomUUID();
    const given = await outbox.enter(said);
    const note = document.getElementById("kept-ticket").content.cloneNode(true);
    const word = given.words?.[lang] ?? Object.values(given.words ?? {})[0] ?? "";
    note.querySelector(".present-name").textContent = given.answer?.name ?? given.answer?.refused ?? `${word} ${given.number ?? ""}`.trim();
    if (given.state === "sent") note.querySelector(".present-label").remove();
    document.querySelector("#arrive [role=status]").replaceChildren(note);
  }

  const isArrival = (event) => event.detail.elt?.matches?.("[data-arrive], [data-arrive] *");
  const form = () => document.querySelector("[data-arrive]");

  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
    if (isArrival(event)) keep(form(), event.detail.requestConfig.parameters);
  }));

  // A portal of somebody's network answers 200, too: only our own pages are marked.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isArrival(event) || event.detail.xhr.getResponseHeader("X-Parvis")) return;
    event.detail.shouldSwap = false;
    keep(form(), event.detail.requestConfig.parameters);
  });

  function tell({ pending, problems }) {
    for (const [name, number] of [["unsent", pending], ["problems", problems]]) {
      const place = document.querySelector(`[data-${name}]`);
      place.hidden = !number;
      place.querySelector("b").textContent = String(number);
    }
    const label = document.querySelector("#arrive [data-sent]");
    if (label && !pending && !problems) label.textContent = label.dataset.sent;
  }

  parvisOutbox({ name: `device-${tablet}`, address: entries, onChange: tell }).then((made) => { outbox = made; });
})();
