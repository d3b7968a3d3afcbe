import { ApiKey } from '#embedded-kafka/protocol/api-versions.ts'
import type { RequestReader } from '#embedded-kafka/protocol/reader.ts'
import type { Session, Step } from '../support/session.ts'

const GROUP = 0
const TOPIC = 2
const UNKNOWN_ID = [0x0123_4567, 0x0123_4567, 0x0123_4567, 0x0123_4567]

/** Newer versions than kafkajs speaks, in the encoding of KIP-482: read to the last byte. */
const flexible = (
  what: string,
  run: (s: Session) => Promise<{ answer: unknown; rest: RequestReader }>,
): Step => [
  `in flexible versions: ${what}`,
  async (s) => {
    const { answer, rest } = await run(s)
    rest.skipTags()
    return { answer, left: rest.remaining }
  },
]

export const flexibleSteps: Step[] = [
  flexible('FindCoordinator 4, two groups', async ({ wire }) => {
    const r = await wire.request(ApiKey.FindCoordinator, 4, (w) =>
      w.int8(GROUP).list(['one', 'two'], (key) => w.string(key)),
    )
    r.int32() // throttle_time_ms
    const answer = r.array(() => {
      const key = r.string()
      r.int32() // node_id
      r.string() // host
      r.int32() // port
      return [key, r.int16(), r.nullableString() || null]
    })
    return { answer, rest: r }
  }),
  flexible('OffsetFetch 8, two groups', async ({ wire, named }) => {
    const groups = [named('consumer'), named('no-such-group')]
    const r = await wire.request(ApiKey.OffsetFetch, 8, (w) =>
      w
        .array(groups, (group) =>
          w
            .string(group)
            .array([named('small')], (topic) => w.string(topic).list([0, 99], (p) => w.int32(p))),
        )
        .boolean(false),
    )
    r.int32() // throttle_time_ms
    const answer = r.array(() => ({
      group: r.string(),
      topics: r.array(() => ({
        topic: r.string(),
        partitions: r.array(() => [r.int32(), r.int64(), r.int32(), r.nullableString(), r.int16()]),
      })),
      code: r.int16(),
    }))
    return { answer, rest: r }
  }),
  ...[['Empty'], ['empty'], ['Stable'], ['Nonsense']].map((states) =>
    flexible(`ListGroups 4, ${states}`, async ({ wire, named }) => {
      const r = await wire.request(ApiKey.ListGroups, 4, (w) => w.list(states, (state) => w.string(state)))
      r.int32() // throttle_time_ms
      const code = r.int16()
      const groups = r.array(() => [r.string(), r.string(), r.string()])
      const ours = groups.filter(([id]) => id === named('consumer'))
      return { answer: [code, ours], rest: r }
    }),
  ),
  flexible('CreateTopics 7', async ({ wire, named }) => {
    const names = [named('flexible'), named('main')]
    const r = await wire.request(ApiKey.CreateTopics, 7, (w) =>
      w
        .array(names, (name) => {
          w.string(name)
            .int32(2)
            .int16(1)
            .array([], () => {})
          w.array(['60000'], (value) => w.string('retention.ms').nullableString(value))
        })
        .int32(10_000)
        .boolean(false),
    )
    r.int32() // throttle_time_ms
    const answer = r.array(() => {
      const name = r.string()
      r.skipUuid()
      const code = r.int16()
      r.nullableString()
      const numbers = [r.int32(), r.int16()]
      const entries = r.array(() => [r.string(), r.nullableString(), r.boolean(), r.int8(), r.boolean()])
      return {
        name,
        code,
        numbers,
        retention: entries.find(([setting]) => setting === 'retention.ms') ?? null,
      }
    })
    return { answer, rest: r }
  }),
  flexible('Metadata 9', async ({ wire, named, usable }) => {
    await usable(named('flexible'), 2)
    const r = await wire.request(ApiKey.Metadata, 9, (w) =>
      w
        .array([named('flexible'), named('unknown')], (name) => w.string(name))
        .boolean(false)
        .boolean(false)
        .boolean(false),
    )
    r.int32() // throttle_time_ms
    const brokers = r.array(() => [r.int32(), r.string(), r.int32(), r.nullableString()]).length
    r.nullableString() // cluster_id
    r.int32() // controller_id
    const topics = r.array(() => [
      r.int16(),
      r.string(),
      r.boolean(),
      r.array(() => {
        const known = [r.int16(), r.int32()]
        r.int32() // leader_id
        r.int32() // leader_epoch
        return [...known, ...[0, 1, 2].map(() => r.list(() => r.int32()).length)]
      }).length,
      r.int32(),
    ])
    return { answer: [brokers, topics, r.int32()], rest: r }
  }),
  flexible('DescribeConfigs 4', async ({ wire, named }) => {
    const settings = ['cleanup.policy', 'max.message.bytes', 'message.timestamp.type', 'retention.ms']
    const r = await wire.request(ApiKey.DescribeConfigs, 4, (w) =>
      w
        .array([named('flexible')], (name) =>
          w
            .int8(TOPIC)
            .string(name)
            .list(settings, (setting) => w.string(setting)),
        )
        .boolean(false)
        .boolean(false),
    )
    r.int32() // throttle_time_ms
    const answer = r.array(() => {
      const code = r.int16()
      r.nullableString()
      r.int8()
      r.string()
      const entries = r.array(() => {
        const entry = [r.string(), r.nullableString(), r.boolean(), r.int8(), r.boolean()]
        r.array(() => {}) // synonyms
        return [...entry, r.int8(), r.nullableString()]
      })
      return [code, entries.sort((a, b) => String(a[0]).localeCompare(String(b[0])))]
    })
    return { answer, rest: r }
  }),
  flexible('DeleteTopics 6, by name and by id', async ({ wire, named }) => {
    const names = [named('flexible'), named('unknown'), null]
    const r = await wire.request(ApiKey.DeleteTopics, 6, (w) =>
      w
        .array(names, (name) => {
          w.nullableString(name)
          if (name === null) for (const part of UNKNOWN_ID) w.int32(part)
          else w.noUuid()
        })
        .int32(10_000),
    )
    r.int32() // throttle_time_ms
    const answer = r.array(() => {
      const name = r.nullableString()
      r.skipUuid()
      const code = r.int16()
      r.nullableString()
      return [name, code]
    })
    return { answer: answer.sort((a, b) => String(a[0]).localeCompare(String(b[0]))), rest: r }
  }),
]
