/** Hears when the page is left and come back to: hidden, shown, offline for a while, closed. Answers what ends the listening. */
export function watchPage(to: { onBack: () => void; onLeave: () => void }): () => void {
  const over = new AbortController()
  const { signal } = over
  const look = () => (document.visibilityState === 'visible' ? to.onBack() : to.onLeave())
  document.addEventListener('visibilitychange', look, { signal })
  addEventListener('online', to.onBack, { signal })
  addEventListener('pagehide', to.onLeave, { signal })
  return () => over.abort()
}
