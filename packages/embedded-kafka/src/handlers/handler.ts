import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'

/** The connection a request came by, as far as handlers need it. */
export interface Client {
  readonly host: string
  /** Calls `listener` when the connection is gone, until the returned function is called. */
  onClose(listener: () => void): () => void
}

export interface RequestContext {
  readonly apiVersion: number
  readonly clientId: string
  readonly client: Client
  readonly broker: BrokerServices
}

export type HandlerResult = undefined | 'no-response'

/**
 * Answers one API: reads the rest of the request, writes the body of the response. Layouts are those of
 * https://kafka.apache.org/protocol#protocol_messages; `apiVersion >= n` marks what version n added.
 */
export type Handler = (
  request: RequestReader,
  response: ResponseWriter,
  context: RequestContext,
) => HandlerResult | Promise<HandlerResult>

export interface Outcome {
  readonly code: ErrorCode
  readonly message: string | null
}

const DONE: Outcome = { code: ErrorCode.NONE, message: null }

/** Runs `action` and tells how it ended in the terms of the protocol; a fault of our own is thrown on. */
export function outcomeOf(action: () => void): Outcome {
  try {
    action()
    return DONE
  } catch (error) {
    if (error instanceof KafkaError) return { code: error.code, message: error.message }
    throw error
  }
}
