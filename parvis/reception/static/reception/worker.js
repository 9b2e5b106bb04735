// Keeps the pages of kiosks, tablets and tickets at hand when the network is away. Served at /worker.js; each page
// registers it for its own address and says which addresses to keep (kept.js). It never touches what is sent: that is the
// outbox's work.
"use strict";

const CACHE = "parvis-pages-1";
const PATIENCE = 4_000; // ms for a page from the network before the kept one is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep = [], forget = [] } = event.data ?? {};
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    for (const address of forget) await cache.delete(address, { ignoreSearch: true });
    const seen = new Set();
    try {
      for (const address of keep) await keepWhole(cache, new URL(address, location.origin), seen);
      event.source?.postMessage({ kept: keep.length > 0 });
    } catch { /* the network went away: what is kept stays as it was */ }
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/live/")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event));
});

// A page of ours says so; anything else that answers 200 is a portal of somebody's network.
const ours = (answer) => answer.headers.has("X-Parvis");

async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (!kept) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    // Staff who are no longer signed in are led to the sign-in page, not to a kept one.
    if (answer.type === "opaqueredirect" && new URL(request.url).pathname.startsWith("/c/")) return answer;
    if (!ours(answer)) return kept;
    if (answer.ok) await cache.put(request, answer.clone());
    else if (answer.status === 404) await cache.delete(request);
    return answer;
  } catch {
    return kept;
  }
}

const good = (answer) => answer.ok && !answer.redirected && !answer.headers.get("Content-Type")?.startsWith("text/html");

async function file(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then(async (answer) => {
    if (kept && good(answer)) await cache.put(event.request, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}

// A page or style sheet with everything of ours that it loads.
async function keepWhole(cache, url, seen) {
  if (seen.has(url.href)) return;
  seen.add(url.href);
  const isFile = url.pathname.startsWith("/static/");
  const answer = await fetch(url, { cache: "no-cache", credentials: "same-origin", redirect: "error" });
  if (!answer.ok || !(isFile ? good(answer) : ours(answer))) throw new Error(url.pathname);
  await cache.put(url, answer.clone());
  const type = answer.headers.get("Content-Type") ?? "";
  const found = type.startsWith("text/html") ? /(?:src|href)="(\/static\/[^"]+)"/g : type.startsWith("text/css") ? /url\(["']?([^"')]+)/g : null;
  if (!found) return;
  for (const [, address] of (await answer.text()).matchAll(found)) {
    const next = new URL(address, url);
    if (next.origin === location.origin && next.pathname.startsWith("/static/")) await keepWhole(cache, next, seen);
  }
}
