import { setUpGarbageCollection } from '#server/ground/garbage-collection.ts'

// A process that makes objects of one kind, all of which live for a while, as those of posts in flight do, and prints where the
// newest was made: `young` or `old`. Its arguments: `default` leaves V8 as it is, and for how long at most, ms.

const [how, mostMs] = process.argv.slice(2)
if (how !== 'default') setUpGarbageCollection()
const isYoung = new Function('made', 'return %InYoungGeneration(made)') as (made: object) => boolean
const make = (seq: number) => ({ seq, at: [seq, seq] })
const IN_FLIGHT = 20_000
const inFlight: object[] = []
const until = performance.now() + Number(mostMs)
let where = 'young'
for (let seq = 0; where === 'young' && performance.now() < until; seq += 1) {
  const made = make(seq)
  inFlight[seq % IN_FLIGHT] = made
  if (seq > 10 * IN_FLIGHT && !isYoung(made)) where = 'old'
}
console.log(where)
