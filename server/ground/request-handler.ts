import type { IncomingMessage, ServerResponse } from 'node:http'

/** Returns whether it has taken the request: the gateway asks one handler after the other. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean
