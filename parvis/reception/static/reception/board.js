// The waiting room's board: a soft chime for each new call, a voice where the centre wants one, a clock.
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  const said = document.querySelector("[data-said]");
  const soundButton = document.querySelector("[data-sound]");
  const clock = document.querySelector("[data-clock]");
  let audio = null;
  let heard = new Set(rings().map((call) => call.dataset.ring));

  function rings() {
    return [...board.querySelectorAll("[data-ring]")];
  }

  // Two soft notes, made here: nothing to load.
  function chime() {
    if (!audio || audio.state !== "running") return;
    [[659.25, 0], [523.25, 0.28]].forEach(([pitch, after]) => {
      const note = audio.createOscillator();
      const loud = audio.createGain();
      const start = audio.currentTime + after;
      note.type = "sine";
      note.frequency.value = pitch;
      loud.gain.setValueAtTime(0, start);
      loud.gain.linearRampToValueAtTime(0.25, start + 0.03);
      loud.gain.exponentialRampToValueAtTime(0.001, start + 1.1);
      note.connect(loud).connect(audio.destination);
      note.start(start);
      note.stop(start + 1.2);
    });
  }

  function speak(call) {
    if (!("spoken" in board.dataset) || !audio || !window.speechSynthesis) return;
    const words = new SpeechSynthesisUtterance(call.dataset.say);
    words.lang = call.dataset.lang;
    words.rate = 0.9;
    window.speechSynthesis.speak(words);
  }

  board.addEventListener("parvis:live", () => {
    const calls = rings();
    const fresh = calls.filter((call) => !heard.has(call.dataset.ring)).reverse();
    heard = new Set(calls.map((call) => call.dataset.ring));
    if (!fresh.length) return;
    chime();
    fresh.forEach(speak);
    said.textContent = fresh.map((call) => call.dataset.say).join(". ");
  });

  // Browsers let a page sound only after a touch.
  function soundOn() {
    audio ??= new AudioContext();
    audio.resume();
    soundButton.hidden = true;
  }
  soundButton.hidden = false;
  soundButton.addEventListener("click", () => { soundOn(); chime(); });

  // The centre's own clock, which a demonstration may have sped up.
  const [loaded, showed, speed] = [Date.now(), Date.parse(clock.dataset.clock), Number(clock.dataset.speed)];
  function tick() {
    const now = new Date(showed + (Date.now() - loaded) * speed);
    clock.textContent = now.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: clock.dataset.zone });
  }
  setInterval(tick, 1000);
})();
