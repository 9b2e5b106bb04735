// Passkeys: shows what a browser can do with them, and says so when the device did not confirm.
(() => {
  "use strict";
  const able = window.isSecureContext && "PublicKeyCredential" in window;
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-passkey]").forEach((part) => { part.hidden = !able; });
    document.querySelectorAll("[data-no-passkey]").forEach((part) => { part.hidden = able; });
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-problem]").forEach((note) => { note.hidden = false; });
  });
})();
