import type { Socket } from 'node:net'
import { dispatch, type Reply } from '../handlers/dispatch.ts'
import type { Client } from '../handlers/handler.ts'
import type { BrokerServices } from '../services.ts'
import { Frames } from './frames.ts'

/** While a request is at work, this much of the next ones is taken in; then the socket is left to wait. */
const READ_AHEAD_BYTES = 256 * 1024
/** A response of this size is out of our hands before the next one is made. */
const LARGE_RESPONSE_BYTES = 64 * 1024
const KEEP_ALIVE_MS = 60_000

/**
 * One client connection. Requests are handled one after the other, as in Kafka: a response never overtakes an earlier
 * one, and a client that does not read its responses is not served new ones. A Fetch that waits for data holds
 * back only its own connection.
 */
export class Connection implements Client {
  readonly host: string
  readonly #socket: Socket
  readonly #broker: BrokerServices
  readonly #frames: Frames
  readonly #closeListeners = new Set<() => void>()
  #state: 'idle' | 'handling' | 'draining' = 'idle'
  #bookedBytes = 0
  /** Since when the client has a response to take before it is served again. */
  drainingSince: number | undefined

  constructor(socket: Socket, broker: BrokerServices) {
    this.#socket = socket
    this.#broker = broker
    this.host = socket.remoteAddress ?? ''
    this.#frames = new Frames(broker.config.socketRequestMaxBytes)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('timeout', () => this.#quiet())
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#closed())
    this.#watchForSilence()
  }

  /** Bytes of requests that this connection has not finished sending. */
  get bufferedBytes(): number {
    return this.#frames.bufferedBytes
  }

  get isDestroyed(): boolean {
    return this.#socket.destroyed
  }

  /** Ends the connection; with a reason, that is logged. */
  destroy(reason?: string): void {
    if (reason) this.#broker.config.logger.warn(`closed the connection of ${this.host}: ${reason}`)
    this.#socket.destroy()
    this.#release()
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener)
    return () => this.#closeListeners.delete(listener)
  }

  #receive(chunk: Buffer): void {
    this.#frames.push(chunk)
    if (this.#state === 'idle') void this.#handleRequests()
    else if (this.#frames.bufferedBytes > READ_AHEAD_BYTES) this.#socket.pause()
    this.#book()
    this.#watchForSilence()
  }

  /** Runs without a single await as long as handlers answer at once and the client keeps reading. */
  async #handleRequests(): Promise<void> {
    try {
      for (
        let request = this.#frames.next();
        request && !this.#socket.destroyed;
        request = this.#frames.next()
      ) {
        this.#state = 'handling'
        const reply = dispatch(request, this, this.#broker)
        const taken = this.#send(reply instanceof Promise ? await reply : reply)
        if (taken) await taken
      }
      this.#state = 'idle'
      this.#socket.resume()
      this.#book()
      this.#watchForSilence()
    } catch (error) {
      this.destroy(error instanceof Error ? error.message : String(error))
    }
  }

  /** Sends a response. When it is large, or the client slow, returns what to wait for before the next request. */
  #send(reply: Reply): Promise<void> | undefined {
    if (reply === 'no-response' || this.#socket.destroyed) return undefined
    const { responseBytes, readBuffers } = this.#broker
    const bytes = reply.reduce((sum, part) => sum + part.length, 0)
    responseBytes.add(bytes)
    let goOn: (() => void) | undefined
    /** Called when the bytes are with the kernel, or the socket is closed and they never will be. */
    const written = () => {
      for (const part of reply) readBuffers.giveBack(part)
      this.drainingSince = undefined
      responseBytes.add(-bytes)
      goOn?.()
    }
    this.#socket.cork()
    const last = reply.length - 1
    for (const [i, part] of reply.entries()) this.#socket.write(part, i === last ? written : undefined)
    this.#socket.uncork()
    if (responseBytes.isFarExceeded) this.#broker.shedSlowestReader()
    if (bytes < LARGE_RESPONSE_BYTES && !this.#socket.writableNeedDrain) return undefined
    this.#state = 'draining'
    this.drainingSince = performance.now()
    this.#watchForSilence()
    return new Promise((resolve) => {
      goOn = resolve
    })
  }

  /** Keeps the broker's total of unfinished requests right; it closes whoever holds most of it when it is too much. */
  #book(): void {
    if (this.#socket.destroyed) return
    this.#broker.requestBytes.add(this.bufferedBytes - this.#bookedBytes)
    this.#bookedBytes = this.bufferedBytes
    if (this.#broker.requestBytes.isExceeded) this.#broker.shedLargestRequest()
  }

  /** What the broker waits for in vain, if this connection keeps it waiting. */
  #owes(): 'a request half sent' | 'a response not read' | undefined {
    if (this.#state === 'draining') return 'a response not read'
    return this.bufferedBytes > 0 ? 'a request half sent' : undefined
  }

  /** Gives back at once what this connection had booked: closing it is meant to make room. */
  #release(): void {
    this.#broker.requestBytes.add(-this.#bookedBytes)
    this.#bookedBytes = 0
  }

  #watchForSilence(): void {
    const { connectionsMaxIdleMs, connectionStallMs } = this.#broker.config
    this.#socket.setTimeout(this.#owes() ? connectionStallMs : connectionsMaxIdleMs)
  }

  #quiet(): void {
    // A client that waits for our answer (a long poll, a rebalance) is quiet by right.
    if (this.#state === 'handling') {
      this.#watchForSilence()
      return
    }
    const owed = this.#owes()
    this.destroy(owed && `${owed}, and no progress`)
  }

  #closed(): void {
    this.#release()
    for (const listener of [...this.#closeListeners]) listener()
    this.#closeListeners.clear()
  }
}
