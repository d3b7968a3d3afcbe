import type { Location } from '#contracts/location.ts'

/** A row of so many numbers is a point: see `write`. */
const FIELDS = 8
const FIRST_CAPACITY = 4
const DEGREE = 1e7
const TENTH = 10
/** A time takes two numbers: how many of these, and the rest. */
const HIGH_MS = 2 ** 31
const UNKNOWN = -1
const UNKNOWN_IN_16_BITS = 0xffff

/**
 * Points in the order in which they came, the oldest forgotten once there are `most`. As numbers of 32 bits they take 32
 * bytes each, an eighth of what they take as objects: 7 decimals of a degree and 1 of a metre are all that a judged reading
 * has. A point with more than fits is kept as the object that it is, so that each comes back exactly as it was added.
 */
export class KeptPoints {
  readonly #deliveryId: string
  #most: number
  /** A ring: the oldest is at `#first`. */
  #numbers = new Int32Array(FIRST_CAPACITY * FIELDS)
  #first = 0
  #size = 0
  #forgot = false
  /** Those that a row does not say all of. */
  #whole: Map<number, Location> | null = null

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

  /** The highest number below this one; undefined when there is none. */
  seqBefore(seq: number): number | undefined {
    let before = 0
    for (let i = 0; i < this.#size; i += 1) {
      const each = this.#seqAt(i)
      if (each < seq && each > before) before = each
    }
    return before === 0 ? undefined : before
  }

  add(location: Location): void {
    if (this.#size === this.#most) {
      this.#whole?.delete(this.#seqAt(0))
      this.#first = (this.#first + 1) % this.#capacity
      this.#size -= 1
      this.#forgot = true
    } else if (this.#size === this.#capacity) this.#grow()
    const offset = this.#offsetOf(this.#size)
    if (!write(this.#numbers, offset, location)) {
      this.#whole ??= new Map()
      this.#whole.set(location.seq, location)
    }
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
    const whole = this.#whole?.get(this.#seqAt(index))
    return whole ?? read(this.#numbers, this.#offsetOf(index), this.#deliveryId)
  }

  #grow(): void {
    const grown = new Int32Array(Math.min(this.#capacity * 2, this.#most) * FIELDS)
    const untilEnd = this.#numbers.subarray(this.#first * FIELDS)
    grown.set(untilEnd)
    grown.set(this.#numbers.subarray(0, this.#first * FIELDS), untilEnd.length)
    this.#numbers = grown
    this.#first = 0
  }
}

/** Returns whether the row says all of the point. */
function write(numbers: Int32Array, offset: number, location: Location): boolean {
  const { seq, implausible, lat, lng, recordedAtMs, receivedAtMs, accuracyM, headingDeg, speedMps } = location
  // Negative when the place was not believed.
  numbers[offset] = implausible ? -seq : seq
  numbers[offset + 1] = Math.round(lat * DEGREE)
  numbers[offset + 2] = Math.round(lng * DEGREE)
  numbers[offset + 3] = Math.floor(receivedAtMs / HIGH_MS)
  numbers[offset + 4] = receivedAtMs % HIGH_MS
  numbers[offset + 5] = receivedAtMs - recordedAtMs
  numbers[offset + 6] = accuracyM === undefined ? UNKNOWN : Math.round(accuracyM * TENTH)
  numbers[offset + 7] = (tenthsIn16Bits(headingDeg) << 16) | tenthsIn16Bits(speedMps)
  return (
    // Not `===`: 0 and −0 are two values.
    Object.is(degreesAt(numbers, offset + 1), lat) &&
    Object.is(degreesAt(numbers, offset + 2), lng) &&
    receivedAt(numbers, offset) === receivedAtMs &&
    recordedAt(numbers, offset) === recordedAtMs &&
    Object.is(accuracyAt(numbers, offset), accuracyM) &&
    Object.is(headingAt(numbers, offset), headingDeg) &&
    Object.is(speedAt(numbers, offset), speedMps)
  )
}

function read(numbers: Int32Array, offset: number, deliveryId: string): Location {
  const seq = at(numbers, offset)
  const accuracyM = accuracyAt(numbers, offset)
  const headingDeg = headingAt(numbers, offset)
  const speedMps = speedAt(numbers, offset)
  return {
    deliveryId,
    seq: Math.abs(seq),
    lat: degreesAt(numbers, offset + 1),
    lng: degreesAt(numbers, offset + 2),
    recordedAtMs: recordedAt(numbers, offset),
    receivedAtMs: receivedAt(numbers, offset),
    ...(accuracyM !== undefined && { accuracyM }),
    ...(headingDeg !== undefined && { headingDeg }),
    ...(speedMps !== undefined && { speedMps }),
    ...(seq < 0 && { implausible: true as const }),
  }
}

const at = (numbers: Int32Array, index: number): number => numbers[index] ?? 0

const degreesAt = (numbers: Int32Array, index: number): number => at(numbers, index) / DEGREE

const receivedAt = (numbers: Int32Array, offset: number): number =>
  at(numbers, offset + 3) * HIGH_MS + at(numbers, offset + 4)

const recordedAt = (numbers: Int32Array, offset: number): number =>
  receivedAt(numbers, offset) - at(numbers, offset + 5)

function accuracyAt(numbers: Int32Array, offset: number): number | undefined {
  const tenths = at(numbers, offset + 6)
  return tenths === UNKNOWN ? undefined : tenths / TENTH
}

const headingAt = (numbers: Int32Array, offset: number): number | undefined =>
  fromTenths(at(numbers, offset + 7) >>> 16)

const speedAt = (numbers: Int32Array, offset: number): number | undefined =>
  fromTenths(at(numbers, offset + 7) & UNKNOWN_IN_16_BITS)

const tenthsIn16Bits = (value: number | undefined): number =>
  value === undefined ? UNKNOWN_IN_16_BITS : Math.round(value * TENTH) & UNKNOWN_IN_16_BITS

const fromTenths = (tenths: number): number | undefined =>
  tenths === UNKNOWN_IN_16_BITS ? undefined : tenths / TENTH
