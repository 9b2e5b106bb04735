// A code is looked at here before it is sent: a wrong word is told at once, and nothing leaves the device. The address of a
// QR code brings the code behind its #, which no server hears; it is taken out of the address and the history.
(() => {
  "use strict";
  const form = document.querySelector("[data-code]");
  if (!form) return;
  const field = form.querySelector("textarea");
  const problem = document.querySelector("[data-problem]");
  const WORDS = 9, LETTERS = 20, ENOUGH = 4, CHECK = 0b10001001n, CHECK_BITS = 7n;
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let lists = null;

  // Asked for when somebody begins to type: most who see the page bring no code.
  async function known() {
    lists ??= fetch(form.dataset.words)
      .then((answer) => answer.json())
      .then((found) => Object.values(found).map((letters) => {
        const index = new Map();
        for (let at = 0; at < letters.length; at += ENOUGH) index.set(letters.slice(at, at + ENOUGH).replaceAll("_", ""), BigInt(at / ENOUGH));
        return index;
      }))
      .catch(() => { lists = null; return null; });
    return lists;
  }

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  // 99 bits that the polynomial divides without rest.
  function fits(bits) {
    let rest = 0n;
    for (let at = 98n; at >= 0n; at -= 1n) {
      rest = rest << 1n | bits >> at & 1n;
      if (rest >> CHECK_BITS) rest ^= CHECK;
    }
    return rest === 0n;
  }

  // "" where the code can be one; else which sentence to say, and the place.
  function misread(text, indexes) {
    const folded = fold(text.split("#").pop());
    const letters = folded.toUpperCase().replace(/[^0-9A-Z]/g, "").replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1");
    if (letters.length === LETTERS) {
      let bits = 0n;
      for (let at = 0; at < LETTERS; at += 1) {
        const value = ALPHABET.indexOf(letters[at]);
        if (value < 0) return ["wrongAt", at + 1];
        bits = bits << 5n | BigInt(value);
      }
      if (bits >> 99n) return ["wrongAt", 1];
      return fits(bits) ? ["", 0] : ["doesNotFit", 0];
    }
    const words = (folded.match(/\p{L}+/gu) ?? []).map((word) => word.slice(0, ENOUGH));
    let furthest = 0;
    for (const index of indexes) {
      const places = words.map((word) => index.get(word));
      const first = places.indexOf(undefined);
      furthest = Math.max(furthest, first < 0 ? words.length : first);
      if (first >= 0 || words.length !== WORDS) continue;
      if (fits(places.reduce((bits, place) => bits << 11n | place, 0n))) return ["", 0];
    }
    if (furthest < Math.min(words.length, WORDS)) return ["wrongAt", furthest + 1];
    return [words.length === WORDS ? "doesNotFit" : "notACode", 0];
  }

  window.parvisCode = { misread: async (text) => misread(text, await known()) };

  function say(sentence) {
    problem.querySelector("span").textContent = sentence;
    problem.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  async function send() {
    const indexes = await known();
    const [sentence, place] = indexes ? misread(field.value, indexes) : ["", 0];
    if (sentence) return say(form.dataset[sentence].replace("%(place)s", place));
    if (!form.dataset.found) return form.submit();
    const button = form.querySelector("button:not([type])");
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.status === 200) return (await answer.json()).found ? location.assign(form.dataset.found) : say(form.dataset.noneFound);
    } catch { /* no connection: the browser says so in its own way */ } finally {
      button.removeAttribute("aria-busy");
    }
    form.submit();
  }

  field.addEventListener("focus", known, { once: true });
  field.addEventListener("input", () => { problem.hidden = true; field.removeAttribute("aria-invalid"); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", (event) => {
    if (!field.value.trim()) return;
    event.preventDefault();
    send();
  });
  if (location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
    known();
  }
  // Coming back by the browser's own button: the last code does not stand there for the next person.
  addEventListener("pagehide", () => { field.value = ""; });
})();
