import { connect, type Socket } from 'node:net'
import type { Fix } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'

/** `way`: where the ride begins and half-way. */
export type PostingRider = { id: string; riderToken: string; way: [LatLng, LatLng]; seq: number }

/** One keep-alive connection with one post at a time: written and read by hand, so that the load costs little. */
export class PostLine {
  readonly #port: number
  #socket: Socket | null = null
  #answer = ''
  #settle: { resolve(status: number): void; reject(error: Error): void } | null = null

  constructor(port: number) {
    this.#port = port
  }

  /** Resolves with the status; 0 where there was none. */
  post(request: string): Promise<number> {
    return new Promise((resolve) => {
      this.#settle = { resolve, reject: () => resolve(0) }
      this.#socket ??= this.#open()
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1').on('data', (text: unknown) => this.#read(String(text)))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#socket = null
      this.#answer = ''
      this.#settle?.reject(new Error('closed'))
    })
    return socket
  }

  #read(text: string): void {
    this.#answer += text
    const head = this.#answer.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#answer)?.[1]
    const whole =
      length === undefined
        ? this.#answer.endsWith('0\r\n\r\n')
        : this.#answer.length >= head + 4 + Number(length)
    if (!whole) return
    const status = Number(this.#answer.slice(9, 12))
    this.#answer = ''
    const settle = this.#settle
    this.#settle = null
    settle?.resolve(status)
  }
}

const RIDE_MS = 20 * 60_000
const startedAtMs = Date.now()

/** The rider's next point: slowly along the way, so that it is believed. */
export function nextFix(rider: PostingRider): Fix {
  const [from, to] = rider.way
  const recordedAtMs = Date.now()
  const done = Math.min(1, (recordedAtMs - startedAtMs) / RIDE_MS)
  const [lat, lng] = [from[0] + (to[0] - from[0]) * done, from[1] + (to[1] - from[1]) * done]
  rider.seq += 1
  return { seq: rider.seq, lat, lng, recordedAtMs, accuracyM: 8, headingDeg: 70.5, speedMps: 6.2 }
}

/** The rider's next points as a whole request. */
export function nextPost(rider: PostingRider, points = 1): string {
  const locations = Array.from({ length: points }, () => nextFix(rider))
  return postTo('locations', rider, JSON.stringify({ locations }))
}

export function postTo(what: 'locations' | 'status', { id, riderToken }: PostingRider, body: string): string {
  return `POST /api/deliveries/${id}/${what} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${riderToken}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}
