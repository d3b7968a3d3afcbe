/** What a step shows to its client, without what must differ between two brokers. */
export type Outcome = string

const ANSWER_WITHIN_MS = 45_000

/** Values that any two brokers have of their own. */
const OWN_VALUES = new Set(['host', 'port', 'clusterId', 'memberId', 'leaderId', 'clientHost', 'producerId'])
/** How long something took or when it was. */
const OWN_TIMES = new Set([
  'throttleTime',
  'clientSideThrottleTime',
  'timestamp',
  'firstTimestamp',
  'maxTimestamp',
])
/** The number of the one broker. */
const NODES = new Set(['leader', 'leaderEpoch', 'nodeId', 'controllerId', 'controller', 'coordinator'])
const NODE_LISTS = new Set(['replicas', 'isr'])

export async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return JSON.stringify(comparable(await inTime(run()))) ?? 'done'
  } catch (error) {
    return errorOutcome(error)
  }
}

/** Some requests are never answered: that is an outcome too, but not one to wait for long. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Errors by type, as clients tell them apart. The words are each broker's own. */
function errorOutcome(error: unknown): Outcome {
  if (!(error instanceof Error)) return `error ${String(error)}`
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.map(errorOutcome).join(', ')
  if ('type' in error && typeof error.type === 'string') return `error ${error.type}`
  if ('groups' in error && Array.isArray(error.groups)) {
    return error.groups.map(({ error: each }) => errorOutcome(each)).join(', ')
  }
  if ('partitions' in error && Array.isArray(error.partitions)) {
    return error.partitions.map(({ error: each }) => errorOutcome(each)).join(', ')
  }
  if (error.cause instanceof Error) return errorOutcome(error.cause)
  return `error ${error.name}: ${error.message}`
}

function comparable(value: unknown): unknown {
  if (Buffer.isBuffer(value))
    return value.length > 40 ? `${value.length} bytes` : `${value.toString('latin1')}`
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (OWN_TIMES.has(key) || key === 'errorMessage') return []
      if (OWN_VALUES.has(key)) return [[key, '…']]
      // Absent is -1, and that is told.
      if (key === 'logAppendTime' && each !== '-1') return [[key, 'a time']]
      if (NODES.has(key)) return [[key, 'the broker']]
      if (NODE_LISTS.has(key)) return [[key, Array.isArray(each) ? each.map(() => 'the broker') : each]]
      return [[key, comparable(each)]]
    }),
  )
}
