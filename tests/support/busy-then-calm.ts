import { setTimeout as delay } from 'node:timers/promises'
import { setUpGarbageCollection } from '#server/ground/garbage-collection.ts'

// A process that makes much, drops it, and then does next to nothing. Prints its resident memory, MB, again and again.

setUpGarbageCollection({ lookEveryMs: 100 })
const MADE = 500_000
const ALIVE = 250_000
const alive = new Map<number, unknown>()
for (let i = 0; i < MADE; i += 1) {
  alive.set(i, { id: `delivery-${i}`, at: [i * 1.1, i * 2.2], more: { of: [i] } })
  alive.delete(i - ALIVE)
}
const tell = (what: string) => console.log(what, Math.round(process.memoryUsage.rss() / 1e6))
tell('busy')
alive.clear()
for (;;) {
  await delay(500)
  tell('calm')
}
