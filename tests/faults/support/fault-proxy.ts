import { connect, createServer, type Socket } from 'node:net'
import { atEnd } from '../../support/at-end.ts'

/** How long everything takes that passes, each way; or whether anything passes at all. */
type Mode =
  | { kind: 'passing'; delayMs: number }
  /** Connections are refused, and those that were open are cut. */
  | { kind: 'down' }
  /** The next requests or answers of so many bytes or more are cut in the middle, and with them the connection. */
  | { kind: 'cutting'; what: 'answers' | 'requests'; leastBytes: number }

export type FaultProxy = {
  port: number
  /** Where what passes goes to; may be set later, and changed. */
  target: number
  pass(): void
  slow(delayMs: number): void
  down(): void
  /** Whatever has so many bytes or more is cut in the middle, until `pass` is called. */
  cutMidFrame(leastBytes: number, what?: 'answers' | 'requests'): void
  /** How many connections have been cut so. */
  cuts(): number
}

/** A TCP proxy between the app and what it depends on, which can be told to misbehave. */
export async function startFaultProxy(
  target = 0,
  /** For each connection: what of its requests passes. */
  filterRequests: () => (chunk: Buffer) => Buffer = () => (chunk) => chunk,
): Promise<FaultProxy> {
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
    const [filter, request] = [filterRequests(), orCut('requests', upstream, end)]
    client.on('data', (chunk: Buffer) => {
      const passing = filter(chunk)
      if (passing.length > 0) request(passing)
    })
    upstream.on('data', orCut('answers', client, end))
  })

  function orCut(what: 'answers' | 'requests', to: Socket, end: () => void): (chunk: Buffer) => void {
    const pass = later(to)
    return (chunk) => {
      if (mode.kind !== 'cutting' || mode.what !== what || chunk.length < mode.leastBytes) return pass(chunk)
      cuts += 1
      to.write(chunk.subarray(0, chunk.length / 2), end)
    }
  }

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
    cutMidFrame(leastBytes, what = 'answers') {
      mode = { kind: 'cutting', what, leastBytes }
    },
    cuts: () => cuts,
  }
  return proxy
}
