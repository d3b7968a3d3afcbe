import { io, type Socket } from 'socket.io-client'
import { pollUntil } from '../../tests/support/poll-until.ts'
import type { Rider } from './riders.ts'

export type Customers = { count: number; received(): number; leave(): Promise<void> }

const AT_ONCE = 50

/** So many customers for each rider, connected and greeted one after the other. */
export async function connectCustomers(url: string, riders: Rider[], each: number): Promise<Customers> {
  const tokens = riders.flatMap(({ created }) => Array<string>(each).fill(created.customer.token))
  return await connectSockets(
    tokens.map((token) => [`${url}/tracking`, { token }] as const),
    'delivery:snapshot',
  )
}

/** Stock clients; each counts as connected once it has heard `greeting`. */
export async function connectSockets(
  addresses: readonly (readonly [url: string, auth: Record<string, string>])[],
  greeting: string,
): Promise<Customers> {
  const sockets: Socket[] = []
  let greeted = 0
  let received = 0
  for (const [url, auth] of addresses) {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth })
    socket.once(greeting, () => {
      greeted += 1
    })
    socket.on('delivery:location', () => {
      received += 1
    })
    sockets.push(socket)
    if (sockets.length % AT_ONCE === 0) await everybody(sockets.length)
  }
  await everybody(sockets.length)

  async function everybody(count: number): Promise<void> {
    await pollUntil(() => greeted >= count, { withinMs: 60_000, what: `${count} customers greeted` })
  }

  return {
    count: sockets.length,
    received: () => received,
    async leave() {
      for (const socket of sockets) socket.disconnect()
      await pollUntil(() => sockets.every(({ connected }) => !connected), {
        withinMs: 10_000,
        what: 'all customers gone',
      })
    },
  }
}
