import type { Text } from '#app/_words/language.ts'
import { asyncApiDocument, messageKey } from '#contracts/documents/asyncapi.ts'
import type { HttpCall } from '#contracts/documents/http-call.ts'
import { HTTP_CALLS } from '#contracts/documents/http-calls.ts'
import { openApiDocument, toTemplate } from '#contracts/documents/openapi.ts'
import { SOCKET_NAMESPACES } from '#contracts/documents/socket-namespaces.ts'
import { TOPIC_RECORDS } from '#contracts/documents/topic-records.ts'
import type { JsonSchema } from './fields.ts'

type Content = { schema: JsonSchema }
type Parameter = { in: string; name: string; required?: boolean; schema: JsonSchema }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { content?: Record<string, Content> }>
}
type Message = { payload: JsonSchema; headers?: JsonSchema }

/** One HTTP call as the page tells it. */
export type CallOnPage = {
  id: string
  method: string
  path: string
  title: Text
  by: HttpCall['by']
  query: JsonSchema | undefined
  headers: JsonSchema | undefined
  body: JsonSchema | undefined
  answers: { status: string; says: Text; type: string | undefined; schema: JsonSchema | undefined }[]
  problems: { status: number; codes: string[] }[]
}
export type EventOnPage = {
  name: string
  from: 'server' | 'client'
  says: Text
  payload: JsonSchema
  reply: JsonSchema | undefined
}
export type NamespaceOnPage = {
  address: string
  title: Text
  by: Text
  handshake: JsonSchema
  events: EventOnPage[]
}
export type TopicOnPage = {
  name: string
  says: Text
  key: Text
  headers: JsonSchema
  /** null: bytes. */
  value: JsonSchema | null
}

const openapi = openApiDocument()
const paths = openapi.paths as unknown as Record<string, Record<string, Operation>>
const asyncapi = asyncApiDocument() as unknown as {
  channels: Record<string, { address: string; messages: Record<string, Message> }>
}

export const shapes = Object.entries(openapi.components?.schemas ?? {}).map(([name, schema]) => ({
  name,
  schema: schema as JsonSchema,
}))

export const calls: CallOnPage[] = Object.entries(HTTP_CALLS).flatMap(([file, byMethod]) =>
  Object.entries(byMethod).map(([method, call]) => {
    const path = toTemplate(file)
    const operation = paths[path]?.[method.toLowerCase()] as Operation
    return {
      id: anchor(`${method}${path}`),
      ...{ method, path, title: call.title, by: call.by },
      query: parametersOf(operation, 'query'),
      headers: parametersOf(operation, 'header'),
      body: operation.requestBody?.content['application/json']?.schema,
      answers: Object.entries(call.answers).map(([status, { says }]) => {
        const [first] = Object.entries(operation.responses[status]?.content ?? {})
        return { status, says, type: first?.[0], schema: first?.[1].schema }
      }),
      problems: Object.entries(operation.responses).flatMap(([status, { content }]) => {
        const codes = content?.['application/problem+json']?.schema.allOf?.[1]?.properties?.code?.enum
        return codes ? [{ status: Number(status), codes: codes as string[] }] : []
      }),
    }
  }),
)

export const namespaces: NamespaceOnPage[] = Object.entries(SOCKET_NAMESPACES).map(
  ([address, { title, by, events }]) => {
    const messages = messagesAt(address)
    const payloadOf = (name: string) => messages[messageKey(name)]?.payload as JsonSchema
    return {
      ...{ address, title, by, handshake: payloadOf('connect') },
      events: events.map(({ name, from, says, reply }) => ({
        ...{ name, from, says, payload: payloadOf(name) },
        reply: reply && messages[`${messageKey(name)}-reply`]?.payload,
      })),
    }
  },
)

export const topics: TopicOnPage[] = Object.entries(TOPIC_RECORDS).map(([name, { says, key, value }]) => {
  const { headers = {}, payload } = messagesAt(name).record as Message
  return { name, says, key, headers, value: value === null ? null : payload }
})

function messagesAt(address: string): Record<string, Message> {
  return Object.values(asyncapi.channels).find((channel) => channel.address === address)?.messages ?? {}
}

/** The parameters of one kind, as the members of one shape. */
function parametersOf({ parameters = [] }: Operation, where: string): JsonSchema | undefined {
  const found = parameters.filter((parameter) => parameter.in === where)
  if (found.length === 0) return undefined
  return {
    properties: Object.fromEntries(found.map(({ name, schema }) => [name, schema])),
    required: found.filter(({ required }) => required).map(({ name }) => name),
  }
}

export function anchor(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
}
