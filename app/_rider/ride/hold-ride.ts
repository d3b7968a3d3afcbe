/** How long another tab has to release the lock, e.g. one that is being reloaded. */
const PATIENCE_MS = 800

export type Hold = { release(): void }

/**
 * Makes this tab the only one that rides this delivery: two tabs would assign the same seqs. Returns null when another tab
 * rides. `takeOver` takes the lock from that tab and calls its `onLost`.
 */
export async function holdRide(
  deliveryId: string,
  { takeOver, onLost }: { takeOver: boolean; onLost: () => void },
): Promise<Hold | null> {
  // Web Locks exist on https and localhost only; without them two tabs are not noticed.
  if (!('locks' in navigator)) return { release: () => {} }
  const name = `rider-live ${deliveryId}`
  if (takeOver) return await request(name, { steal: true }, onLost)
  try {
    for (;;) {
      const hold = await request(name, { signal: AbortSignal.timeout(PATIENCE_MS) }, onLost)
      // The request can time out although the lock is free; the grant then arrives late. Retry unless another tab holds it.
      if (hold || (await isHeldElsewhere(name))) return hold
    }
  } catch (cause) {
    // Some frames and locked-down browsers forbid locks altogether.
    console.warn('Another tab that rides this delivery would not be noticed', cause)
    return { release: () => {} }
  }
}

function request(name: string, options: LockOptions, onLost: () => void): Promise<Hold | null> {
  return new Promise((resolve) => {
    let holding = false
    navigator.locks
      .request(name, options, () => {
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

async function isHeldElsewhere(name: string): Promise<boolean> {
  const me = await clientId()
  const { held = [] } = await navigator.locks.query()
  return held.some((lock) => lock.name === name && lock.clientId !== me)
}

/** This page's client id in the list of locks, found by a lock with a random name that only this page can hold. */
async function clientId(): Promise<string | undefined> {
  const name = `rider-live ${crypto.randomUUID()}`
  return await navigator.locks.request(name, async () => {
    const { held = [] } = await navigator.locks.query()
    return held.find((lock) => lock.name === name)?.clientId
  })
}
