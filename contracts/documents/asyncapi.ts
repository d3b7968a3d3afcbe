import { z } from 'zod'
import { deliveryIdSchema } from '../delivery.ts'
import { PARTITIONS } from '../topics.ts'
import { NAMED_SCHEMAS, VERSION } from './named-schemas.ts'
import type { SocketEvent, SocketNamespace } from './socket-event.ts'
import { SOCKET_NAMESPACES } from './socket-namespaces.ts'
import { headersSchema, TOPIC_RECORDS, type TopicRecord } from './topic-records.ts'

type Json = Record<string, unknown>
type Parts = { channels: Json; operations: Json }

/** AsyncAPI reads schemas as JSON Schema draft 7. */
const TARGET = 'draft-7'
const named = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) named.add(schema, { id })

/** The socket events and the Kafka topics as an AsyncAPI 3.0 document, from the schemas that the server parses with. */
export function asyncApiDocument(): Json {
  const parts = [
    ...Object.entries(SOCKET_NAMESPACES).map(([address, namespace]) => namespaceParts(address, namespace)),
    ...Object.entries(TOPIC_RECORDS).map(([topic, record]) => topicParts(topic, record)),
  ]
  const { schemas } = z.toJSONSchema(named, { target: TARGET, uri: refTo })
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Rider Live',
      version: VERSION,
      description:
        'Live updates by Socket.IO, and the records behind them in Kafka. A socket message’s payload is the one argument of its event; where an event has several, it is the list of them. Times are epoch milliseconds (`…Ms`), distances metres (`…M`), speeds metres a second (`…Mps`). The HTTP calls: `/openapi.json`.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      gateway: {
        host: 'localhost:3000',
        pathname: '/socket.io/',
        protocol: 'ws',
        description: 'Socket.IO 4, at the address of the installation; each channel is a namespace.',
      },
      kafka: {
        host: 'localhost:9092',
        protocol: 'kafka',
        description:
          '`KAFKA_BROKERS`, else the broker that the app starts. `KAFKA_PREFIX` stands before each topic.',
      },
    },
    channels: Object.assign({}, ...parts.map(({ channels }) => channels)),
    operations: Object.assign({}, ...parts.map(({ operations }) => operations)),
    components: { schemas: Object.fromEntries(Object.entries(schemas).map(([id, it]) => [id, bare(it)])) },
  }
}

const refTo = (id: string) => `#/components/schemas/${id}`

function bare({ $schema: _schema, $id: _id, ...schema }: Json): Json {
  return schema
}

/** A schema with references to the named ones. What a client sends may lack what has a default. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const known = Object.entries(NAMED_SCHEMAS).find(([, each]) => each === schema)
  if (known && io === 'output') return { $ref: refTo(known[0]) }
  if (io === 'input') return bare(z.toJSONSchema(schema, { target: TARGET, io, metadata: z.registry() }))
  const id = 'asked'
  const registry = z.registry<{ id: string }>()
  for (const [name, each] of Object.entries(NAMED_SCHEMAS)) registry.add(each, { id: name })
  registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { target: TARGET, uri: refTo })
  return bare(schemas[id] as Json)
}

/** What a channel or a message is called within the document: names without signs. */
export const messageKey = (name: string) => name.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-|-$/g, '')

function namespaceParts(address: string, { title, by, handshake, events }: SocketNamespace): Parts {
  const channel = messageKey(address)
  const connect: SocketEvent = {
    ...{ name: 'connect', event: 'connect', from: 'client', says: title },
    args: [handshake],
  }
  const messages: Json = {}
  const operations: Json = {}
  for (const event of [connect, ...events]) {
    const key = messageKey(event.name)
    messages[key] = messageOf(event)
    if (event.reply) messages[`${key}-reply`] = replyOf(event.name, event.reply)
    operations[`${channel}-${key}`] = {
      // As the app sees it.
      action: event.from === 'server' ? 'send' : 'receive',
      channel: { $ref: `#/channels/${channel}` },
      summary: event.says.en,
      messages: [{ $ref: `#/channels/${channel}/messages/${key}` }],
      ...(event.reply
        ? {
            reply: {
              channel: { $ref: `#/channels/${channel}` },
              messages: [{ $ref: `#/channels/${channel}/messages/${key}-reply` }],
            },
          }
        : {}),
    }
  }
  return {
    channels: {
      [channel]: {
        address,
        title: title.en,
        description: `Opened by: ${by.en}. The token stands in the handshake’s \`auth\`.`,
        servers: [{ $ref: '#/servers/gateway' }],
        messages,
      },
    },
    operations,
  }
}

function messageOf({ name, event, from, says, args }: SocketEvent): Json {
  const io = from === 'server' ? 'output' : 'input'
  const [only] = args
  const payload =
    args.length === 1 && only
      ? schemaOf(only, io)
      : {
          type: 'array',
          items: args.map((each) => schemaOf(each, io)),
          minItems: args.length,
          maxItems: args.length,
        }
  return { name: event, title: name, summary: says.en, payload }
}

function replyOf(name: string, reply: z.ZodType): Json {
  return { title: `${name}, answered`, summary: 'The acknowledgement', payload: schemaOf(reply, 'output') }
}

function topicParts(topic: string, record: TopicRecord): Parts {
  const channel = messageKey(topic)
  const { says, value, key } = record
  const isDeadLetter = value === null
  return {
    channels: {
      [channel]: {
        address: topic,
        title: says.en,
        servers: [{ $ref: '#/servers/kafka' }],
        messages: {
          record: {
            name: topic,
            title: says.en,
            ...(isDeadLetter ? { contentType: 'application/octet-stream' } : {}),
            headers: schemaOf(headersSchema(record), 'output'),
            payload: value === null ? {} : schemaOf(value, 'output'),
            bindings: {
              kafka: {
                key: isDeadLetter
                  ? { description: key.en }
                  : { description: key.en, ...schemaOf(deliveryIdSchema, 'output') },
                bindingVersion: '0.5.0',
              },
            },
          },
        },
        bindings: {
          kafka: { topic, partitions: isDeadLetter ? 1 : PARTITIONS, bindingVersion: '0.5.0' },
        },
      },
    },
    operations: {
      [`publish-${channel}`]: {
        action: 'send',
        channel: { $ref: `#/channels/${channel}` },
        summary: says.en,
        messages: [{ $ref: `#/channels/${channel}/messages/record` }],
      },
    },
  }
}
