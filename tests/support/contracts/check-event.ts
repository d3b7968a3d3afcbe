import { messageKey } from '#contracts/documents/asyncapi.ts'
import { SOCKET_NAMESPACES } from '#contracts/documents/socket-namespaces.ts'
import { faultOf } from './schemas.ts'

/** `name` tells events of one name apart, as the document does: `call faults:pull`. */
export function checkEvent(namespace: string, name: string, args: readonly unknown[]): string | null {
  const known = SOCKET_NAMESPACES[namespace]?.events.some((each) => each.name === name)
  if (!known) return `${namespace} has no ${name}`
  return faultIn(namespace, messageKey(name), args.length === 1 ? args[0] : args)
}

/** The acknowledgement of what was asked. */
export function checkReply(namespace: string, name: string, reply: unknown): string | null {
  const asked = SOCKET_NAMESPACES[namespace]?.events.find((each) => each.name === name)
  return asked?.reply ? faultIn(namespace, `${messageKey(name)}-reply`, reply) : null
}

function faultIn(namespace: string, key: string, payload: unknown): string | null {
  const place = ['channels', messageKey(namespace), 'messages', key, 'payload']
  return faultOf('asyncapi', place, payload)
}
