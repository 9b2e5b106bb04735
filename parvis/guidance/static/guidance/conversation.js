// Two people write at one desk: what the other one wrote comes in, and what is being written here stays.
(() => {
  "use strict";
  const pulse = document.getElementById("pulse");
  let asking = false, again = false;

  const written = (form) => form.contains(document.activeElement)
    || [...form.querySelectorAll("textarea, input[type=text], input[type=date]")].some((field) => field.value !== field.defaultValue);

  function bring(section) {
    const here = document.getElementById(section.id);
    if (!here) return document.getElementById("parts").append(section);
    const draft = here.querySelector("[data-draft]");
    if (!draft || !(written(draft) || here.querySelector("details[open]"))) return here.replaceWith(section);
    if (draft.classList.contains("talk-edit")) return; // its own answer brings the rest
    const list = here.querySelector("ul.said"), news = section.querySelector("ul.said");
    if (list && news) list.replaceWith(news); else if (news) draft.before(news); else list?.remove();
  }

  async function ask() {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(pulse.dataset.lines);
      if (answer.status === 404 || answer.redirected) return location.assign(pulse.dataset.over);
      if (!answer.ok) return;
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      for (const section of [...page.content.querySelectorAll("section")]) bring(section);
      window.htmx.process(document.getElementById("parts"));
    } catch { /* no connection: the next event asks again */ } finally {
      asking = false;
      if (again) { again = false; ask(); }
    }
  }

  setInterval(ask, 20_000); // a conversation that ended elsewhere is noticed without a stream, too
  let first = true;
  pulse.addEventListener("parvis:live", () => { if (first) first = false; else ask(); });
})();
