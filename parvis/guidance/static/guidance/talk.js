// What the other side of a question says comes in by itself; what is being written here stays.
(() => {
  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  let first = true, asking = false, again = false;

  async function ask() {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(talk.dataset.talk);
      if (!answer.ok || answer.redirected) return;
      talk.innerHTML = await answer.text();
      const asked = talk.querySelector("[data-asked]")?.dataset.asked;
      for (const seen of document.querySelectorAll("input[name=seen]")) if (asked) seen.value = asked;
    } catch { /* no connection: the next event asks again */ } finally {
      asking = false;
      if (again) { again = false; ask(); }
    }
  }

  talk.addEventListener("parvis:live", () => { if (first) first = false; else ask(); });
})();
