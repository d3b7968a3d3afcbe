import { DIALECTS } from './dialects.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'

export type Customer = {
  /** Of the delivery. */
  id: string
  /** Every seq that was pushed, or that a snapshot has told of. */
  held: Set<number>
  /** What it was told at its first greeting to be the newest: what came before is no business of its. */
  since(): number
  twice(): number
  refusals(): number
  /** Tries until it is greeted. */
  come(how: { withAfterSeq: boolean }): Promise<void>
  cut(): void
  /** What the history has after this seq; resolves with how many of them were new. */
  fill(port: number, afterSeq: number): Promise<number>
  /** When the last point came that had been missed, or else the greeting; as performance.now() has it. */
  replayedAt(): number
}

/** As the page: half a second, doubling to eight, spread by half; unless it is told how long. */
const AGAIN = { firstMs: 500, mostMs: 8_000, spread: 0.5 }

const { path, opening, hear } = DIALECTS['socket.io']

export function createCustomer(
  port: number,
  { id, token, room }: { id: string; token?: string; room?: string },
  from: number,
): Customer {
  const held = new Set<number>()
  /** Told by a snapshot, and so perhaps pushed as well. */
  const bySnapshot = new Set<number>()
  let since: number | null = null
  let newest = 0
  let twice = 0
  let refusals = 0
  let replayedAt = 0
  /** What the snapshot said is the newest: up to there it is replay. */
  let replayUpTo = 0
  let socket: RawSocket | null = null

  function attempt(
    withAfterSeq: boolean,
  ): Promise<{ greeted: true } | { greeted: false; waitMs: number | undefined }> {
    return new Promise((resolve) => {
      let waitMs: number | undefined
      const visitor = {
        ...(token === undefined ? {} : { token }),
        ...(room === undefined ? {} : { room }),
        ...(withAfterSeq ? { afterSeq: newest } : {}),
      }
      socket = openRawSocket({
        ...{ port, path: path(visitor), opening: opening(visitor), from },
        onText(text, say) {
          const { kind } = hear(text, say)
          if (kind === 'delivery') onLocation(Number(/"seq":(\d+)/.exec(text)?.[1]))
          else if (kind === 'greeted') {
            onSnapshot(Number(/"lastSeq":(\d+)/.exec(text)?.[1] ?? 0), withAfterSeq)
            resolve({ greeted: true })
          } else if (kind === 'refused') {
            const told = /"retryAfterMs":(\d+)/.exec(text)?.[1]
            waitMs = told === undefined ? undefined : Number(told)
            socket?.cut()
          }
        },
        onEnd(ending) {
          if (ending.kind === 'refused') waitMs = ending.retryAfterMs
          resolve({ greeted: false, waitMs })
        },
      })
    })
  }

  function onSnapshot(lastSeq: number, withAfterSeq: boolean): void {
    since ??= lastSeq
    replayedAt = performance.now()
    replayUpTo = lastSeq
    if (withAfterSeq) return
    for (let seq = newest + 1; seq <= lastSeq; seq += 1) {
      held.add(seq)
      bySnapshot.add(seq)
    }
    newest = Math.max(newest, lastSeq)
  }

  function onLocation(seq: number): void {
    if (held.has(seq) && !bySnapshot.delete(seq)) twice += 1
    held.add(seq)
    newest = Math.max(newest, seq)
    if (seq <= replayUpTo) replayedAt = performance.now()
  }

  return {
    ...{ id, held },
    since: () => since ?? 0,
    twice: () => twice,
    refusals: () => refusals,
    replayedAt: () => replayedAt,
    async come({ withAfterSeq }) {
      for (let tries = 0; ; tries += 1) {
        const came = await attempt(withAfterSeq)
        if (came.greeted) return
        refusals += 1
        const spread = 1 + AGAIN.spread * (2 * Math.random() - 1)
        const backoffMs = Math.min(AGAIN.mostMs, AGAIN.firstMs * 2 ** tries) * spread
        await new Promise((resolve) => setTimeout(resolve, came.waitMs ?? backoffMs))
      }
    },
    cut() {
      socket?.cut()
    },
    async fill(at, afterSeq) {
      const url = `http://127.0.0.1:${at}/api/deliveries/${id}/locations?afterSeq=${afterSeq}`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
      if (!answer.ok) return 0
      const { locations } = (await answer.json()) as { locations: { seq: number }[] }
      const fresh = locations.filter(({ seq }) => !held.has(seq))
      for (const { seq } of fresh) held.add(seq)
      return fresh.length
    },
  }
}
