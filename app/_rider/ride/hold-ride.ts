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

/** What the list of locks calls this page: whoever holds the lock that nobody else knows of. */
async function clientId(): Promise<string | undefined> {
  const name = `rider-live ${crypto.randomUUID()}`
  return await navigator.locks.request(name, async () => {
    const { held = [] } = await navigator.locks.query()
    return held.find((lock) => lock.name === name)?.clientId
  })
}
