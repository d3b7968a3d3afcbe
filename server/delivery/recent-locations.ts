import { MAX_FIXES_PER_POST } from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import { type Believing, withJudged } from '#domain/implausible.ts'
import { BoundedMap } from '../ground/bounded-map.ts'

/** A retried post is known again, and the one before it. Every instance keeps these for every delivery: some 40 KB each. */
const KEPT = 2 * MAX_FIXES_PER_POST

/** The last locations of one delivery, by seq: enough to know a retry, a late point and a gap without the database. */
export class RecentLocations {
  readonly #bySeq = new BoundedMap<number, Location>(KEPT)
  /** Kept besides, whatever comes: some few that the database has. */
  readonly #held = new Map<number, Location>()
  #last: Location | null = null
  #believing: Believing = { believed: null, unbelieved: [] }

  /** The newest by seq, which a late point never replaces; believed or not. */
  get last(): Location | null {
    return this.#last
  }

  get lastSeq(): number {
    return this.#last?.seq ?? 0
  }

  /** The newest by seq that says where the rider is. */
  get believed(): Location | null {
    return this.#believing.believed
  }

  get believing(): Believing {
    return this.#believing
  }

  /** The one that was added first of all that are kept, once the memory is full. What came before it is forgotten. */
  get firstKept(): Location | null {
    if (this.#bySeq.size < KEPT) return null
    const [first] = this.#bySeq.values()
    return first ?? null
  }

  find(seq: number): Location | undefined {
    return this.#bySeq.get(seq) ?? this.#held.get(seq)
  }

  /** What is known already stays as it was first accepted. */
  add(location: Location): void {
    if (this.#bySeq.has(location.seq)) return
    this.#bySeq.set(location.seq, location)
    this.#note(location)
  }

  /** Keeps it for as long as the delivery is remembered. */
  hold(location: Location): void {
    if (this.#held.has(location.seq)) return
    this.#held.set(location.seq, location)
    if (!this.#bySeq.has(location.seq)) this.#note(location)
  }

  #note(location: Location): void {
    if (this.#last === null || location.seq > this.#last.seq) this.#last = location
    this.#believing = withJudged(this.#believing, location)
  }

  /** The delivery has ended: what it was is in the history. */
  forgetAllButLast(): void {
    this.#bySeq.clear()
    this.#held.clear()
    if (this.#last) this.#held.set(this.#last.seq, this.#last)
  }

  /** In order of seq. */
  after(seq: number): Location[] {
    const known = new Map([...this.#held, ...this.#bySeq])
    return [...known.values()].filter((location) => location.seq > seq).sort((a, b) => a.seq - b.seq)
  }
}
