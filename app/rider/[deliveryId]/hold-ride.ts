/** How long another tab gets to let go, e.g. one that is just being reloaded. */
const PATIENCE_MS = 800

export type Hold = { release(): void }

/**
 * Makes this tab the only one that rides this delivery: two would number their points alike. null when another tab
 * rides. `takeOver` takes it from there, and that tab's `onLost` is called.
 */
export async function holdRide(
  deliveryId: string,
  { takeOver, onLost }: { takeOver: boolean; onLost: () => void },
): Promise<Hold | null> {
  // Web Locks exist on https and localhost only; without them one has to be careful oneself.
  if (!('locks' in navigator)) return { release: () => {} }
  const options = takeOver ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE_MS) }
  return new Promise((resolve) => {
    let holding = false
    navigator.locks
      .request(`rider-live ${deliveryId}`, options, () => {
        holding = true
        return new Promise<void>((done) => resolve({ release: done }))
      })
      .catch(() => {
        // Rejected in two cases: the wait ran out, or another tab took the lock from us (Web Locks §4.2).
        if (holding) onLost()
        else resolve(null)
      })
  })
}
