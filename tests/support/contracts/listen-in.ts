import { Socket } from 'socket.io-client'
import { SOCKET_NAMESPACES } from '#contracts/documents/socket-namespaces.ts'
import { checkAnswer, isDescribed } from './check-answer.ts'
import { checkEvent, checkReply } from './check-event.ts'
import { notAsTold } from './not-as-told.ts'

/**
 * Holds every answer to `fetch` and every packet of a socket of this process against the documents. A module of its own:
 * a process that runs several test files evaluates it once, and the set-up of each of them anew.
 */

/** Answers that are still being read. */
export const reading = new Set<Promise<void>>()

const plainFetch = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const response = await plainFetch(input, init)
  const { pathname } = new URL(response.url)
  if (isDescribed(pathname)) {
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
    const read = note({ method, path: pathname, copy: response.clone() }).finally(() => reading.delete(read))
    reading.add(read)
  }
  return response
}

async function note({ method, path, copy }: { method: string; path: string; copy: Response }): Promise<void> {
  let text: string
  try {
    text = await copy.text()
  } catch {
    // It broke off, or the test wanted no more of it: no answer to judge.
    return
  }
  const { status, headers } = copy
  const fault = checkAnswer({ method, path, status, headers, text })
  if (fault !== null) notAsTold.push(`${method} ${path} → ${status}: ${fault}. ${text.slice(0, 300)}`)
}

type Packet = { type: number; nsp: string; id?: number; data: unknown }
type Inner = { nsp: string; packet(packet: Packet): void; onpacket(packet: Packet): void }
/** socket.io-protocol 5. */
const [EVENT, ACK, CONNECT_ERROR] = [2, 3, 4]

/** What a socket has asked, by the number of its acknowledgement, and what it watches, by the watch's id. */
const asked = new WeakMap<object, { byId: Map<number, string>; watched: Map<string, string> }>()
const notesOf = (socket: object) => {
  const notes = asked.get(socket) ?? { byId: new Map(), watched: new Map() }
  asked.set(socket, notes)
  return notes
}

const inner = Socket.prototype as unknown as Inner
const { packet: send, onpacket: receive } = inner
inner.packet = function (packet) {
  if (packet.type === EVENT && Array.isArray(packet.data)) {
    // A stranger's may be anything, even what has no text.
    const [event, first, second] = packet.data.map((part) => (typeof part === 'string' ? part : ''))
    const name = event === 'call' ? `call ${first}` : event === 'watch' ? `watch ${second}` : event
    if (packet.id !== undefined) notesOf(this).byId.set(packet.id, name ?? '')
    if (event === 'watch') notesOf(this).watched.set(first ?? '', second ?? '')
  }
  send.call(this, packet)
}
inner.onpacket = function (packet) {
  if (packet.nsp === this.nsp) noteFault(this, packet)
  receive.call(this, packet)
}

function noteFault(socket: Inner, { type, id, data }: Packet): void {
  const { nsp } = socket
  const { byId, watched } = notesOf(socket)
  let fault: string | null = null
  if (type === EVENT) {
    const [event, ...args] = data as [string, ...unknown[]]
    const name = event === 'event' ? `event ${watched.get(String(args[0]))}` : event
    fault = checkEvent(nsp, name, args)
  } else if (type === ACK) fault = checkReply(nsp, byId.get(id ?? -1) ?? '', (data as unknown[])[0])
  // Of a namespace that there is not, the refusal has no other place to be told.
  else if (type === CONNECT_ERROR && nsp in SOCKET_NAMESPACES)
    fault = checkEvent(nsp, 'connect_error', [data])
  if (fault !== null) notAsTold.push(`${nsp} ${JSON.stringify(data).slice(0, 300)}: ${fault}`)
}
