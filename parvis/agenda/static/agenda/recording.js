// Sends a recording in pieces, each behind those that arrived; then the form itself, without the file.
(() => {
  "use strict";

  const form = document.querySelector("[data-recording]");
  if (!form) return;
  const file = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-recording-state]");
  const error = form.querySelector("[data-recording-error]");
  const button = form.querySelector("button[type=submit]");

  function say(words) {
    error.textContent = words;
    error.hidden = !words;
    button.removeAttribute("aria-busy");
  }

  function show(sent, whole) {
    const share = Math.floor((100 * sent) / whole);
    state.hidden = false;
    state.querySelector("progress").value = share;
    state.querySelector("output").textContent = `${share} %`;
  }

  async function piece(chosen, offset) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("key", form.elements.key.value);
    body.append("offset", String(offset));
    body.append("piece", chosen.slice(offset, offset + Number(form.dataset.piece)), "piece");
    const response = await fetch(form.dataset.recording, { method: "POST", body });
    const said = await response.json();
    if (said.why) throw new Error(said.why);
    return said.size;
  }

  async function send(chosen) {
    let sent = 0;
    let cuts = 0;
    while (sent < chosen.size) {
      show(sent, chosen.size);
      try {
        sent = await piece(chosen, sent);
        cuts = 0;
      } catch (problem) {
        const cut = problem instanceof TypeError || problem instanceof SyntaxError;
        if (!cut) return problem.message;
        cuts += 1;
        if (cuts > 5) return form.dataset.cut;
        await new Promise((done) => setTimeout(done, 1000 * 2 ** cuts));
      }
    }
    show(sent, chosen.size);
    return "";
  }

  form.addEventListener("submit", async (event) => {
    const chosen = file.files[0];
    if (!chosen) return;
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    say("");
    if (chosen.size > Number(form.dataset.most)) {
      say(form.dataset.tooLarge);
      return;
    }
    button.setAttribute("aria-busy", "true");
    const wrong = await send(chosen);
    if (wrong) {
      say(wrong);
      return;
    }
    file.value = "";
    form.submit();
  });
})();
