// The look chosen on this device, set before the first paint.
try {
  const look = localStorage.getItem("look");
  if (look === "light" || look === "dark") document.documentElement.dataset.look = look;
} catch { /* storage is closed: the device's own setting holds */ }
