/* Before the first paint, so that a page chosen dark is never light for a moment. What is kept: see <look-choice>. */
try {
  for (const name of ["look", "size"]) {
    const chosen = localStorage.getItem(name);
    if (chosen) document.documentElement.dataset[name] = chosen;
  }
} catch { /* A browser that keeps nothing shows what the device is set to. */ }
