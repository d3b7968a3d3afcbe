import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { type CreateDeliveryAnswer, listLocationsAnswerSchema } from '#contracts/http.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { locationMessageSchema } from '#contracts/socket.ts'
import { createApi } from '../../support/api.ts'
import { atEnd } from '../../support/at-end.ts'

const AGAIN_AFTER_MS = 400
/** As the page waits: what was missed often comes by itself, right after a reconnect; and a refusal is not asked again at once. */
const GAP_PAUSE_MS = 300
const AFTER_REFUSAL_MS = 1_000

/** How a client gets to the instance at an address that it was told. */
export type Reach = (at: string, url: string) => { url: string; path: string }

export type Follower = {
  created: CreateDeliveryAnswer
  /** Every seq it holds, pushed or fetched. */
  held: Set<number>
  /** Every seq that was pushed, in the order they came. */
  pushes: number[]
  /** How many locations were pushed, how many of them twice over one connection, and how many had to be fetched. */
  counts: { pushed: number; repeated: number; fetched: number; connects: number }
  /** How long each loss of the connection lasted, until the next snapshot. */
  awayMs: number[]
  /** Between one push and the next, the longest. */
  longestSilenceMs(): number
  connected(): boolean
  /** Pulls its network: the connection is cut without a word, and none is made until `online` again. */
  offline(): void
  online(): void
  /** Asks the history for whatever it has not got, up to this seq. */
  fill(upTo: number): Promise<void>
  stop(): void
}

/**
 * A customer who stays: comes back after each loss, says what it has, and asks the history for a seq that was skipped.
 * A stock Socket.IO client and plain HTTP; nothing of the page's own code.
 */
export function startFollower(
  created: CreateDeliveryAnswer,
  urls: () => readonly string[],
  /** A second address of this machine, e.g. 127.0.0.2, plays somebody else. */
  localAddress?: string,
  /** Goes where it is told that its delivery is; it comes from one of `urls` each time. */
  reach?: Reach,
): Follower {
  const held = new Set<number>()
  const pushes: number[] = []
  const counts = { pushed: 0, repeated: 0, fetched: 0, connects: 0 }
  const awayMs: number[] = []
  let lostAtMs: number | null = null
  let pushedAtMs: number | null = null
  let longestSilenceMs = 0
  /** Where it was sent, and whether it could not get there. */
  let at: string | null = null
  let stays = false
  let newest = 0
  /** Everything up to here is held. */
  let whole = 0
  // Everybody begins somewhere else, as behind a balancer.
  let turn = Math.floor(Math.random() * 1_000)
  let over = false
  let reachable = true
  let filling: Promise<void> | null = null
  let socket: Socket | null = null
  let timer: NodeJS.Timeout | undefined

  const hold = (seq: number) => {
    held.add(seq)
    newest = Math.max(newest, seq)
    while (held.has(whole + 1)) whole += 1
  }
  const url = () => urls()[turn % urls().length] as string

  function connect(): void {
    if (over || !reachable) return
    const pushedHere = new Set<number>()
    const place = at !== null && reach ? reach(at, url()) : { url: url(), path: '/socket.io' }
    const placing = reach && { placing: at !== null || stays ? 'stay' : 'send' }
    const mine = io(`${place.url}/tracking`, {
      path: place.path,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...(localAddress === undefined ? {} : { localAddress }),
      auth: { token: created.customer.token, ...(newest > 0 ? { afterSeq: newest } : {}), ...placing },
    })
    socket = mine
    mine.on('connect', () => {
      counts.connects += 1
    })
    mine.on('delivery:snapshot', (value: unknown) => {
      if (lostAtMs !== null) awayMs.push(performance.now() - lostAtMs)
      lostAtMs = null
      const { lastLocation } = snapshotSchema.parse(value)
      if (lastLocation) hold(lastLocation.seq)
      if (newest > whole) ask(fillGap)
    })
    mine.on('delivery:location', (value: unknown) => {
      const { seq } = locationMessageSchema.parse(value).location
      counts.pushed += 1
      const nowMs = performance.now()
      longestSilenceMs = Math.max(longestSilenceMs, nowMs - (pushedAtMs ?? nowMs))
      pushedAtMs = nowMs
      pushes.push(seq)
      if (pushedHere.has(seq)) counts.repeated += 1
      pushedHere.add(seq)
      hold(seq)
      if (newest > whole) ask(fillGap)
    })
    const again = () => {
      lostAtMs ??= performance.now()
      mine.disconnect()
      turn += 1
      clearTimeout(timer)
      // Jitter, as every page has: nobody comes back together with everybody.
      timer = setTimeout(connect, AGAIN_AFTER_MS * (0.5 + Math.random()))
    }
    mine.once('disconnect', () => {
      at = null
      stays = false
      again()
    })
    mine.once('connect_error', (error: Error & { data?: { code?: string; at?: string } }) => {
      if (reach && error.data?.code === 'elsewhere') {
        at = error.data.at ?? null
        mine.disconnect()
        return connect()
      }
      // Without a word from there it was not reached, and is served wherever it asks next.
      if (at !== null && !error.data) stays = true
      at = null
      again()
    })
  }

  /** One question at a time. */
  function ask(question: () => Promise<void>): void {
    filling ??= question().finally(() => {
      filling = null
    })
  }

  async function fillGap(): Promise<void> {
    await delay(GAP_PAUSE_MS)
    if (newest > whole && !over) await fetchMissing()
  }

  async function fetchMissing(): Promise<void> {
    if (!reachable) return
    const path = `/api/deliveries/${created.delivery.id}/locations?afterSeq=${whole}`
    // No answer, or one that breaks off.
    const answer = await createApi(url())
      .call(path, { token: created.customer.token })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => null)
    if (answer?.status !== 200) {
      turn += 1
      await delay(AFTER_REFUSAL_MS * (0.5 + Math.random()))
      return
    }
    for (const { seq } of listLocationsAnswerSchema.parse(JSON.parse(answer.text)).locations) {
      if (!held.has(seq)) counts.fetched += 1
      hold(seq)
    }
  }

  const follower: Follower = {
    created,
    held,
    pushes,
    counts,
    awayMs,
    longestSilenceMs: () => Math.round(longestSilenceMs),
    connected: () => socket?.connected ?? false,
    offline() {
      reachable = false
      clearTimeout(timer)
      // Without a goodbye: the engine's own transport is torn away.
      socket?.off()
      socket?.io.engine?.close()
      socket = null
    },
    online() {
      reachable = true
      connect()
    },
    async fill(upTo) {
      if (whole >= upTo) return
      ask(fetchMissing)
      await filling
    },
    stop() {
      over = true
      clearTimeout(timer)
      socket?.off()
      socket?.disconnect()
    },
  }
  atEnd(follower.stop)
  connect()
  return follower
}
