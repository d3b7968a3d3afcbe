// A session of @platformatic/kafka: `node platformatic-session.mjs <its entry> <host:port>`. Prints one JSON object.
const [, , entry, address] = process.argv
const { Admin, Consumer, Producer, stringDeserializers, stringSerializers } = await import(entry)

const client = { clientId: 'stock', bootstrapBrokers: [address], retries: 1 }
const TOPIC = 2
const LONG_MAX = '9223372036854775807'
const seen = {}

const admin = new Admin(client)
const configs = [{ name: 'retention.ms', value: LONG_MAX }]
const [created] = await admin.createTopics({ topics: ['t'], partitions: 3, replicas: 1, configs })
seen.created = [created.name, created.partitions, created.configuration['retention.ms']]
seen.topics = await admin.listTopics()
seen.again = await refusal(() => admin.createTopics({ topics: ['t'], partitions: 3, replicas: 1 }))

for (const compression of ['none', 'gzip']) {
  for (const idempotent of [false, true]) {
    const producer = new Producer({ ...client, serializers: stringSerializers, compression, idempotent })
    const messages = Array.from({ length: 10 }, (_, i) => ({
      topic: 't',
      key: `k${i % 5}`,
      value: `${compression} ${idempotent} ${i}`,
      headers: { codec: compression },
    }))
    await producer.send({ messages })
    await producer.close()
  }
}

const first = await read(25)
const rest = await read(15)
seen.read = new Set([...first, ...rest]).size
seen.groupWhenLeft = [...(await admin.listGroups({ states: ['EMPTY'] })).keys()]
const committed = await admin.listConsumerGroupOffsets({ groups: ['g'] })
seen.committed = committed[0].topics[0].partitions.reduce(
  (sum, each) => sum + Number(each.committedOffset),
  0,
)

const resources = [{ resourceType: TOPIC, resourceName: 't', configurationKeys: ['retention.ms'] }]
seen.described = (await admin.describeConfigs({ resources }))[0].configs.map(({ value }) => value)
const change = { name: 'retention.bytes', configOperation: 0, value: '5000000' }
await admin.incrementalAlterConfigs({
  resources: [{ resourceType: TOPIC, resourceName: 't', configs: [change] }],
})
await admin.createPartitions({ topics: [{ name: 't', count: 5 }] })
seen.partitions = (await admin.metadata({ topics: ['t'] })).topics.get('t').partitionsCount

const transactional = new Producer({
  ...client,
  serializers: stringSerializers,
  transactionalId: 'id',
  idempotent: true,
})
seen.transaction = await refusal(() => transactional.beginTransaction())
await transactional.close()

await admin.deleteGroups({ groups: ['g'] })
await admin.deleteTopics({ topics: ['t'] })
seen.left = [await admin.listTopics(), (await admin.listGroups()).size]
await admin.close()
console.log(JSON.stringify(seen))

/** `count` messages of the topic, from where the group stopped; each is committed. */
async function read(count) {
  const consumer = new Consumer({
    ...client,
    groupId: 'g',
    deserializers: stringDeserializers,
    maxWaitTime: 200,
  })
  const stream = await consumer.consume({
    topics: ['t'],
    mode: 'committed',
    fallbackMode: 'earliest',
    autocommit: false,
  })
  const values = []
  for await (const message of stream) {
    if (!message.value.startsWith(message.headers.get('codec'))) throw new Error('a header is not its own')
    values.push(message.value)
    await message.commit()
    if (values.length === count) break
  }
  seen.groupWhileReading = [...(await admin.listGroups({ states: ['STABLE'] })).keys()]
  await consumer.close(true)
  return values
}

/** The codes of Kafka in what it was refused with. */
async function refusal(call) {
  try {
    await call()
    return []
  } catch (error) {
    return apiCodes(error)
  }
}

function apiCodes(error) {
  const own = error.apiCode === undefined ? [] : [error.apiCode]
  return [...own, ...(error.errors ?? []).flatMap(apiCodes)]
}
