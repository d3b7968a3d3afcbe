import { spawn, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { startBroker } from '../support/broker.ts'

const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import kafka']).status === 0,
)
if (!PYTHON) {
  console.warn(
    'SKIPPED: kafka-python is not installed (Debian: apt-get install python3-kafka); [CLI8] was not tested',
  )
}

const SCRIPT = `
import sys
from kafka import KafkaProducer, KafkaConsumer, KafkaAdminClient, TopicPartition
from kafka.admin import NewTopic, NewPartitions, ConfigResource, ConfigResourceType
address = sys.argv[1]
# It finds out what a broker speaks by asking, and gives up after 2 s.
to = dict(bootstrap_servers=address, api_version_auto_timeout_ms=60000)
admin = KafkaAdminClient(**to)
admin.create_topics([NewTopic('t', 2, 1, topic_configs={'retention.ms': '5000000'})])
admin.create_partitions({'t': NewPartitions(3)})
configs = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, 't')])[0].resources[0][4]
print('retention', [c[1] for c in configs if c[0] == 'retention.ms'])
producer = KafkaProducer(**to, acks='all', compression_type='gzip')
for i in range(30):
    producer.send('t', key=b'k%d' % (i % 3), value=b'%d' % i, headers=[('n', b'%d' % i)]).get(60)
producer.flush()
def read(count):
    consumer = KafkaConsumer('t', **to, group_id='py', auto_offset_reset='earliest',
                             consumer_timeout_ms=60000, enable_auto_commit=False)
    values = []
    for message in consumer:
        assert message.headers[0][1] == message.value
        values.append(int(message.value))
        if len(values) == count: break
    consumer.commit()
    consumer.close()
    return values
first, rest = read(20), read(10)
print('all', sorted(first + rest) == list(range(30)), len(first))
print('groups', admin.list_consumer_groups())
print('members', len(admin.describe_consumer_groups(['py'])[0].members))
print('committed', sum(o.offset for o in admin.list_consumer_group_offsets('py').values()))
consumer = KafkaConsumer(**to)
print('ends', sum(consumer.end_offsets([TopicPartition('t', p) for p in range(3)]).values()))
consumer.close(); producer.close()
admin.delete_topics(['t'])
print('topics', KafkaAdminClient(**to).list_topics())
`

test.skipIf(!PYTHON)('[CLI8] kafka-python administers, produces, and consumes in a group', async () => {
  const { address } = await startBroker()
  const child = spawn(PYTHON ?? '', ['-c', SCRIPT, address])
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  // Python prints here what its library warns of, too.
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect({ code, complaints: code === 0 ? '' : complaints }).toEqual({ code: 0, complaints: '' })
  expect(output.trim().split('\n')).toEqual([
    "retention ['5000000']",
    'all True 20',
    "groups [('py', 'consumer')]",
    'members 0',
    'committed 30',
    'ends 30',
    'topics []',
  ])
})
