// Runs before the first paint, so that a chosen theme never flashes the other one. A file, since the pages' policy forbids inline scripts.
try {
  const theme = localStorage.getItem('hourglass.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; the page then follows the computer.
}
