import { MAX_FIXES_PER_POST } from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import { type Believing, withJudged } from '#domain/implausible.ts'
import { KeptPoints } from './kept-points.ts'

/** A retried post is known again, and the one before it. */
const KEPT = 2 * MAX_FIXES_PER_POST
/** For a delivery that this instance is not asked about: as many points as the history may be behind by. */
const KEPT_UNASKED = 32

const NOTHING: Believing = { believed: null, unbelieved: [] }

/** The last locations of one delivery, by seq: enough to know a retry, a late point and a gap without the database. */
export class RecentLocations {
  readonly #deliveryId: string
  #most = KEPT_UNASKED
  #kept: KeptPoints
  /** Never pushed out by newer points: a few that the database has. */
  #held: Map<number, Location> | null = null
  #last: Location | null = null
  #believing = NOTHING

  constructor(deliveryId: string) {
    this.#deliveryId = deliveryId
    this.#kept = new KeptPoints(deliveryId, this.#most)
  }

  /** Somebody posts to the delivery here, or follows it: from now on more of it is kept. */
  keepMore(): void {
    this.#most = KEPT
    this.#kept.keepUpTo(KEPT)
  }

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

  /** The one that was added first of all that are kept, once others have been forgotten. What came before it is among them. */
  get firstKept(): Location | null {
    return this.#kept.forgot ? this.#kept.first : null
  }

  find(seq: number): Location | undefined {
    // New ones, that is nearly all, are not looked for.
    if (seq > this.lastSeq) return undefined
    return this.#kept.find(seq) ?? this.#held?.get(seq)
  }

  /** The highest number below this one that is remembered. */
  seqBefore(seq: number): number | undefined {
    return this.#kept.seqBefore(seq)
  }

  /** What is known already stays as it was first accepted. */
  add(location: Location): void {
    if (location.seq <= this.lastSeq && this.#kept.has(location.seq)) return
    this.#kept.add(location)
    this.#note(location)
  }

  /** Keeps it for as long as the delivery is remembered. */
  hold(location: Location): void {
    this.#held ??= new Map()
    if (this.#held.has(location.seq)) return
    this.#held.set(location.seq, location)
    if (!this.#kept.has(location.seq)) this.#note(location)
  }

  #note(location: Location): void {
    if (this.#last === null || location.seq > this.#last.seq) this.#last = location
    this.#believing = withJudged(this.#believing, location)
  }

  /** The delivery has ended: what it was is in the history. */
  forgetAllButLast(): void {
    this.#kept = new KeptPoints(this.#deliveryId, this.#most)
    this.#held = this.#last && new Map([[this.#last.seq, this.#last]])
  }

  /** In order of seq. */
  after(seq: number): Location[] {
    const known = new Map(this.#kept.after(seq).map((location) => [location.seq, location]))
    // What was held first comes first, and what was kept replaces it.
    for (const [held, location] of this.#held ?? [])
      if (held > seq && !known.has(held)) known.set(held, location)
    return [...known.values()].sort((a, b) => a.seq - b.seq)
  }
}
