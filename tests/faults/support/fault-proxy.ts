import { connect, createServer, type Socket } from 'node:net'
import { atEnd } from '../../support/at-end.ts'

/** How long everything takes that passes, each way; or whether anything passes at all. */
type Mode =
  | { kind: 'passing'; delayMs: number }
  /** Connections are refused, and those that were open are cut. */
  | { kind: 'down' }
  /** The next answer of so many bytes or more is cut in the middle, and with it the connection. */
  | { kind: 'cutting'; leastBytes: number }

export type FaultProxy = {
  port: number
  /** Where what passes goes to; may be set later, and changed. */
  target: number
  pass(): void
  slow(delayMs: number): void
  down(): void
  /** Answers how many connections have been cut in the middle of an answer, once `pass` was called. */
  cutMidFrame(leastBytes: number): void
  cuts(): number
}

/** A TCP proxy between the app and what it depends on, which can be told to misbehave. */
export async function startFaultProxy(target = 0): Promise<FaultProxy> {
  let mode: Mode = { kind: 'passing', delayMs: 0 }
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    if (mode.kind === 'down') return void client.destroy()
    const upstream = connect({ port: proxy.target, host: '127.0.0.1' })
    const end = () => {
      client.destroy()
      upstream.destroy()
      open.delete(client)
      open.delete(upstream)
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.once('error', end)
      socket.once('close', end)
    }
    client.on('data', later(upstream))
    const answer = later(client)
    upstream.on('data', (chunk: Buffer) => {
      if (mode.kind === 'cutting' && chunk.length >= mode.leastBytes) {
        cuts += 1
        client.write(chunk.subarray(0, chunk.length / 2), end)
      } else answer(chunk)
    })
  })

  /** In order, each chunk not before its time. */
  function later(to: Socket): (chunk: Buffer) => void {
    let last = Promise.resolve()
    return (chunk) => {
      const delayMs = mode.kind === 'passing' ? mode.delayMs : 0
      const due = new Promise<void>((resolve) => (delayMs > 0 ? setTimeout(resolve, delayMs) : resolve()))
      last = last.then(() => due).then(() => void (to.destroyed || to.write(chunk)))
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const cutAll = () => {
    for (const socket of open) socket.destroy()
  }
  atEnd(() => {
    cutAll()
    return new Promise((resolve) => server.close(resolve))
  })

  const proxy: FaultProxy = {
    port: address.port,
    target,
    pass() {
      mode = { kind: 'passing', delayMs: 0 }
    },
    slow(delayMs) {
      mode = { kind: 'passing', delayMs }
    },
    down() {
      mode = { kind: 'down' }
      cutAll()
    },
    cutMidFrame(leastBytes) {
      mode = { kind: 'cutting', leastBytes }
    },
    cuts: () => cuts,
  }
  return proxy
}
