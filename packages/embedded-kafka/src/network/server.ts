import { createServer, type Server } from 'node:net'
import type { BrokerServices } from '../services.ts'
import { Connection } from './connection.ts'

/** The TCP side of the broker: accepts connections, and knows which are open. */
export class KafkaServer {
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  #isShedding = false

  constructor(broker: BrokerServices) {
    this.#server = createServer((socket) => {
      const connection = new Connection(socket, broker)
      this.#connections.add(connection)
      connection.onClose(() => this.#connections.delete(connection))
    })
    this.#server.maxConnections = broker.config.maxConnections
  }

  /** Resolves with the port; rejects when the address cannot be had. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host, port, exclusive: true, backlog: 1024 }, () => {
        this.#server.off('error', reject)
        const address = this.#server.address()
        if (address === null || typeof address === 'string') return reject(new Error('no TCP address'))
        resolve(address.port)
      })
    })
  }

  /** Closes the connection with the largest unfinished request, so that all others can go on. */
  shedLargestRequest(): void {
    const largest = this.#most(({ bufferedBytes }) => bufferedBytes)
    largest?.destroy('requests half sent take too much memory')
  }

  /** Closes the connection that has left its response lying longest. One at a time: its memory comes back with the close. */
  shedSlowestReader(): void {
    if (this.#isShedding) return
    const now = performance.now()
    const slowest = this.#most(({ drainingSince }) => (drainingSince === undefined ? 0 : now - drainingSince))
    if (slowest === undefined) return
    this.#isShedding = true
    slowest.onClose(() => {
      this.#isShedding = false
    })
    slowest.destroy('responses not read take too much memory')
  }

  /** The open connection with the largest measure above 0. */
  #most(measure: (connection: Connection) => number): Connection | undefined {
    let most = 0
    let found: Connection | undefined
    for (const connection of this.#connections) {
      if (connection.isDestroyed || measure(connection) <= most) continue
      most = measure(connection)
      found = connection
    }
    return found
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.#connections) connection.destroy()
    await closed
  }
}
