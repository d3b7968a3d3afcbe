import type { Location } from '#contracts/location.ts'

/** seq (negative when the place was not believed), lat, lng, recordedAtMs, receivedAtMs, accuracyM, headingDeg, speedMps. */
const FIELDS = 8
const FIRST_CAPACITY = 4

/**
 * Points in the order in which they came, the oldest forgotten once there are `most`. As plain numbers they take 64 bytes
 * each, a quarter of what they take as objects; what is not known is NaN.
 */
export class KeptPoints {
  readonly #deliveryId: string
  #most: number
  /** A ring: the oldest is at `#first`. */
  #numbers = new Float64Array(FIRST_CAPACITY * FIELDS)
  #first = 0
  #size = 0
  #forgot = false

  constructor(deliveryId: string, most: number) {
    this.#deliveryId = deliveryId
    this.#most = most
  }

  /** Whether one has been forgotten to make room. */
  get forgot(): boolean {
    return this.#forgot
  }

  get first(): Location | null {
    return this.#size === 0 ? null : this.#at(0)
  }

  /** Never fewer than before. */
  keepUpTo(most: number): void {
    this.#most = Math.max(this.#most, most)
  }

  find(seq: number): Location | undefined {
    // What is asked for came in lately, as a rule.
    for (let i = this.#size - 1; i >= 0; i -= 1) if (this.#seqAt(i) === seq) return this.#at(i)
    return undefined
  }

  has(seq: number): boolean {
    for (let i = this.#size - 1; i >= 0; i -= 1) if (this.#seqAt(i) === seq) return true
    return false
  }

  add(location: Location): void {
    if (this.#size === this.#most) {
      this.#first = (this.#first + 1) % this.#capacity
      this.#size -= 1
      this.#forgot = true
    } else if (this.#size === this.#capacity) this.#grow()
    const { seq, implausible, lat, lng, recordedAtMs, receivedAtMs } = location
    const { accuracyM = Number.NaN, headingDeg = Number.NaN, speedMps = Number.NaN } = location
    const offset = this.#offsetOf(this.#size)
    const numbers = this.#numbers
    numbers[offset] = implausible ? -seq : seq
    numbers[offset + 1] = lat
    numbers[offset + 2] = lng
    numbers[offset + 3] = recordedAtMs
    numbers[offset + 4] = receivedAtMs
    numbers[offset + 5] = accuracyM
    numbers[offset + 6] = headingDeg
    numbers[offset + 7] = speedMps
    this.#size += 1
  }

  /** In the order in which they came. */
  after(seq: number): Location[] {
    const found: Location[] = []
    for (let i = 0; i < this.#size; i += 1) if (this.#seqAt(i) > seq) found.push(this.#at(i))
    return found
  }

  get #capacity(): number {
    return this.#numbers.length / FIELDS
  }

  #offsetOf(index: number): number {
    return ((this.#first + index) % this.#capacity) * FIELDS
  }

  #seqAt(index: number): number {
    return Math.abs(this.#numbers[this.#offsetOf(index)] ?? 0)
  }

  #at(index: number): Location {
    const offset = this.#offsetOf(index)
    const [seq = 0, lat = 0, lng = 0, recordedAtMs = 0, receivedAtMs = 0, accuracyM, headingDeg, speedMps] =
      this.#numbers.subarray(offset, offset + FIELDS)
    return {
      deliveryId: this.#deliveryId,
      seq: Math.abs(seq),
      lat,
      lng,
      recordedAtMs,
      receivedAtMs,
      ...(isKnown(accuracyM) && { accuracyM }),
      ...(isKnown(headingDeg) && { headingDeg }),
      ...(isKnown(speedMps) && { speedMps }),
      ...(seq < 0 && { implausible: true as const }),
    }
  }

  #grow(): void {
    const grown = new Float64Array(Math.min(this.#capacity * 3, this.#most) * FIELDS)
    const untilEnd = this.#numbers.subarray(this.#first * FIELDS)
    grown.set(untilEnd)
    grown.set(this.#numbers.subarray(0, this.#first * FIELDS), untilEnd.length)
    this.#numbers = grown
    this.#first = 0
  }
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value)
}
