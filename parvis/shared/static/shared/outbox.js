// The outbox of a device: what is entered arrives at the server exactly once and in order, with or without a network.
//
//   const outbox = await parvisOutbox({ name, address, headers, onChange });
//   const given = await outbox.enter({ theme, language, size, … }, kept);   // never throws for the network's sake
//     kept() is called once the entry is on this device: what a page shows from then on is not lost with the page
//     given.state: "sent" (given.answer is the server's), "kept" (given.number, given.words from the leased block),
//                  "bare" (kept, but no number is left), "refused" (given.answer.refused says why)
//   outbox.pending()  how many wait;   outbox.problems()  those the server refused after the visitor had gone: they are told
//   to the server at each sending, where staff settle them, and go when it says so
//
// Each entry is written to IndexedDB with its key before the first try, so neither a double tap, a lost answer nor a
// restarted tablet makes two tickets of one visitor. What is not our server's own JSON with our own keys in it is no answer
// (a hotel's network answers 200 to everything).
(() => {
  "use strict";

  const FIRST_TRY = 4_000; // ms a visitor waits for the server's number before a leased one is shown
  const SECOND_TRY = 1_200; // once the network is known to be away
  const BEAT = 45_000;
  const SLOWEST = 15_000;
  const AT_ONCE = 20;

  const uuid = () => crypto.randomUUID?.() ?? ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g,
    (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  async function open(name) {
    return idb.openDB(`parvis-${name}`, 1, {
      upgrade(db) {
        db.createObjectStore("entries", { keyPath: "order", autoIncrement: true });
        db.createObjectStore("meta");
      },
    });
  }

  class Outbox {
    constructor(db, options) {
      this.db = db;
      this.options = options;
      this.waiters = new Map(); // key -> what to call with the server's answer
      this.state = "unknown"; // "online", "offline" or "refused" (the server does not know this device any more)
      this.failures = 0;
      this.timer = 0;
      this.again = false;
    }

    async start() {
      navigator.storage?.persist?.().catch(() => {});
      addEventListener("online", () => this.send());
      await this.changed();
      this.send();
      return this;
    }

    // Writes the visitor down, then gives the server a moment to answer before a leased number is shown.
    async enter(said, kept = () => {}) {
      const key = said.key ?? uuid();
      const answered = new Promise((resolve) => this.waiters.set(key, resolve));
      await this.db.add("entries", { key, said, at: Date.now(), number: null, shown: false, refused: "" });
      await this.changed();
      kept();
      const patience = this.state === "offline" || !navigator.onLine ? SECOND_TRY : FIRST_TRY;
      const timeout = new Promise((resolve) => setTimeout(resolve, patience));
      this.send();
      const answer = await Promise.race([answered, timeout]);
      if (answer) return this.heard(answer);
      const held = await this.keep(key);
      if (!held) return this.heard(await answered); // the answer came while the number was being looked up
      return { state: held.number ? "kept" : "bare", key, number: held.number, words: held.words, later: answered.then((a) => this.heard(a)) };
    }

    heard(answer) {
      return { state: answer.refused ? "refused" : "sent", key: answer.key, answer };
    }

    // One transaction takes a number out of the block and ties it to the entry, for good.
    async keep(key) {
      const tx = this.db.transaction(["entries", "meta"], "readwrite");
      const entry = (await tx.objectStore("entries").getAll()).find((one) => one.key === key);
      const lease = await tx.objectStore("meta").get("lease");
      if (!entry) return null;
      let words = {};
      if (entry.number === null && lease && Date.now() < lease.expires && lease.numbers.length) {
        [entry.number, words] = lease.numbers.shift();
        await tx.objectStore("meta").put(lease, "lease");
      }
      await tx.objectStore("entries").put({ ...entry, shown: true });
      await tx.done;
      return { number: entry.number, words };
    }

    async pending() {
      return (await this.db.getAll("entries")).filter((entry) => !entry.refused).length;
    }

    async problems() {
      return (await this.db.getAll("entries")).filter((entry) => entry.refused);
    }

    async settle(keys) {
      const settled = new Set(keys);
      for (const entry of await this.problems()) {
        if (settled.has(entry.key)) await this.db.delete("entries", entry.order);
      }
    }

    async changed() {
      this.options.onChange?.({ pending: await this.pending(), problems: (await this.problems()).length, state: this.state });
    }

    // Sending: one at a time, also among several windows of the same tablet.
    async send() {
      if (this.sending) {
        this.again = true;
        return;
      }
      this.sending = true;
      clearTimeout(this.timer);
      try {
        do {
          this.again = false;
          await this.alone(() => this.sendSome());
        } while (this.again);
        this.failures = 0;
      } catch {
        this.again = false;
        this.failures += 1;
        if (this.state !== "refused") this.state = "offline";
        await this.changed();
      }
      this.sending = false;
      const wait = this.failures ? Math.min(1_000 * 2 ** this.failures, SLOWEST) : BEAT;
      this.timer = setTimeout(() => this.send(), wait * (0.8 + 0.4 * Math.random()));
    }

    alone(work) {
      return navigator.locks ? navigator.locks.request(`parvis-${this.options.name}`, work) : work();
    }

    async sendSome() {
      const waiting = (await this.db.getAll("entries")).filter((entry) => !entry.refused).slice(0, AT_ONCE);
      const lease = await this.leaseAsked();
      const told = (entry) => ({ ...entry.said, key: entry.key, age: Math.max(0, Date.now() - entry.at) / 1000, ...(entry.number ? { number: entry.number } : {}) });
      const entries = waiting.map(told);
      const problems = (await this.problems()).slice(0, AT_ONCE).map(told);
      const answer = await this.post({ entries, problems, lease });
      const keys = new Set(answer.answers?.map((one) => one.key));
      if (answer.parvis !== "entries" || !entries.every((entry) => keys.has(entry.key))) throw new Error("not our server");
      this.state = "online";
      if (answer.lease) await this.leaseGiven(answer.lease);
      await this.settle(answer.settled ?? []);
      let unheard = false;
      for (const entry of waiting) unheard = (await this.answered(entry, answer.answers.find((one) => one.key === entry.key))) || unheard;
      if (waiting.length === AT_ONCE) this.again = true;
      // What was refused is shown once the server has been told (next, at once): the page that settles it then has it.
      if (!unheard) await this.changed();
    }

    async post(body) {
      const answer = await fetch(this.options.address, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", ...this.options.headers },
        cache: "no-store",
        redirect: "error",
        credentials: "same-origin",
        signal: AbortSignal.timeout?.(15_000),
      });
      if (answer.status === 404 && answer.headers.has("X-Parvis")) this.state = "refused";
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }

    // An answer removes its entry. One that crossed a number we had to show meanwhile does not: the entry goes again, with
    // that number, and the server changes its own. A refusal is kept for staff once the visitor has been shown a ticket; true
    // where one was.
    async answered(entry, answer) {
      const tx = this.db.transaction("entries", "readwrite");
      const now = await tx.store.get(entry.order);
      const crossed = !answer.refused && entry.number === null && now?.number && now.number !== answer.number;
      const late = answer.refused && (now?.shown || !this.waiters.has(entry.key));
      if (late) await tx.store.put({ ...now, refused: answer.refused });
      else if (!crossed) await tx.store.delete(entry.order);
      await tx.done;
      this.again ||= Boolean(late); // staff shall read of it at once
      if (crossed) {
        this.again = true;
        return false;
      }
      this.waiters.get(entry.key)?.(answer);
      this.waiters.delete(entry.key);
      return Boolean(late);
    }

    // The key of the block asked for is kept until the block has come: a lost answer does not lease twice.
    async leaseAsked() {
      const lease = await this.db.get("meta", "lease");
      let key = await this.db.get("meta", "leaseKey");
      if (!key) await this.db.put("meta", (key = uuid()), "leaseKey");
      const good = lease && Date.now() < lease.expires;
      return { key, left: good ? lease.numbers.length : 0, day: good ? lease.day : "" };
    }

    async leaseGiven(given) {
      const tx = this.db.transaction("meta", "readwrite");
      const before = await tx.store.get("lease");
      const kept = before && before.day === given.day ? before.numbers : [];
      const seen = new Set(kept.map(([number]) => number));
      await tx.store.put({
        day: given.day,
        expires: Date.now() + given.seconds * 1000,
        numbers: [...kept, ...given.numbers.filter(([number]) => !seen.has(number))],
      }, "lease");
      await tx.store.delete("leaseKey");
      await tx.done;
    }
  }

  window.parvisOutbox = async (options) => new Outbox(await open(options.name), options).start();
})();
