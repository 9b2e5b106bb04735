// Two people write at one desk: what the other one wrote comes in, and what is being written here stays.
(() => {
  "use strict";
  const pulse = document.getElementById("pulse");
  let asking = false, again = false;

  const does = (button) => button.getAttribute("hx-get") ?? button.getAttribute("hx-post");

  // Only what was said elsewhere comes in: what is being written, opened or undone here stays, and so does the focus.
  function bring(section) {
    const here = document.getElementById(section.id);
    if (!here) return document.getElementById("parts").append(section);
    const list = here.querySelector("ul.said"), news = section.querySelector("ul.said");
    if (list?.querySelector(".talk-edit")) return; // its own answer brings the rest
    if (list?.innerHTML === news?.innerHTML) return;
    const focused = list?.contains(document.activeElement) ? does(document.activeElement) : null;
    if (list && news) list.replaceWith(news); else if (news) here.querySelector("h2").after(news); else list.remove();
    if (focused) [...here.querySelectorAll("button")].find((button) => does(button) === focused)?.focus({ preventScroll: true });
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
