import { isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { TOPIC } from '#contracts/topics.ts'
import type { Config } from '../../config.ts'
import type { RequestHandler } from '../../ground/request-handler.ts'
import type { SentOn } from '../../ground/sent-on.ts'
import { joinPlacement, type Placement } from '../../kafka/join-placement.ts'
import type { OpenKafka } from '../../kafka/open-kafka.ts'
import type { Logger } from '../../logger.ts'
import type { Metrics } from '../../metrics.ts'
import type { CustomerRooms } from '../customer-rooms.ts'
import { drain } from '../drain.ts'
import type { SocketServer } from '../socket-server.ts'
import { createDemand } from './demand.ts'
import { createForwardCalls } from './forward-calls.ts'

/** The group of all instances that read by demand: it shares the customers out, and reads nothing. */
const GROUP = 'push'
/** How long an instance that did not answer is taken for away: Kafka may need ten seconds to say so. */
const AWAY_FOR_MS = 5_000
/** Over this time customers move, so that no instance has to greet all of them at once. */
const MOVE_WITHIN_MS = 10_000
const MOVE_EACH_MS = 20
/** Until then an instance that had not heard of the new placement may have sent customers by the old one. */
const HEARD_BY_ALL_MS = 5_000

type Dependencies = {
  /** Its `affine` is null where every location is read. */
  config: Pick<Config, 'affine'>
  customers: CustomerRooms
  sockets: Pick<SocketServer, 'count' | 'hasOverlookers'>
  /** Of these deliveries nothing that is remembered is true any more. */
  forgetAll: (isOver: (deliveryId: string) => boolean) => void
  answer: RequestHandler
  sentOn: SentOn
  /** The group whose commits say from where on a location may be in no database yet. */
  storedBy: string
  metrics: Metrics
  logger: Logger
}

/** What makes an instance read only the partitions whose customers it has: see docs/decisions/0048. */
export type Affine = NonNullable<ReturnType<typeof createAffine>>

export function createAffine({ config, storedBy, ...given }: Dependencies) {
  if (!config.affine) return undefined
  const { customers, sockets, forgetAll, answer, sentOn, metrics, logger } = given
  const { host = hostname() } = config.affine
  const demand = createDemand({
    ...{
      followedHere: () => customers.deliveries(),
      needsAll: sockets.hasOverlookers,
      onEnd: forgetAll,
      logger,
    },
  })
  let placement: Placement = new Map()
  let here = ''
  let later: NodeJS.Timeout | undefined
  /** Until when, in milliseconds since the process started. */
  const away = new Map<string, number>()
  const calls = createForwardCalls({
    ...{ answer, sentOn, logger },
    // What a visitor of /inside breaks is broken on this instance alone.
    elsewhere: (deliveryId) => (sockets.count().visitors > 0 ? null : elsewhere(deliveryId)),
    onUnreachable: (address) => away.set(address, performance.now() + AWAY_FOR_MS),
    onSentOn: () => metrics.callsSentOn.inc(),
  })
  metrics.watchPartitions({
    read: demand.reading,
    placed: () => [...placement.values()].filter((address) => address === here).length,
    astray: () => astray().length,
  })

  function elsewhere(deliveryId: string): string | null {
    const address = placement.get(demand.partitionOf(deliveryId))
    if (address === undefined || address === here) return null
    return performance.now() < (away.get(address) ?? 0) ? null : address
  }

  const astray = () =>
    [...customers.deliveries()]
      .filter((deliveryId) => elsewhere(deliveryId) !== null)
      .flatMap((deliveryId) => customers.socketsIn(deliveryId))

  /** Customers who can be sent elsewhere go where they belong now; this instance serves each until it has gone. */
  function moveCustomers(): void {
    const moving = astray()
      .filter(({ data }) => data.movable)
      .map(({ conn }) => conn)
    if (moving.length === 0) return
    logger.info(
      { customers: moving.length },
      'Customers of partitions that another instance has now move there',
    )
    void drain(moving, Math.min(MOVE_WITHIN_MS, moving.length * MOVE_EACH_MS))
  }

  return {
    following: demand,
    /** For a customer who asks here. */
    sendCustomer(deliveryId: string): string | null {
      const address = elsewhere(deliveryId)
      if (address !== null) metrics.customersSent.inc()
      return address
    },
    handleCall: calls.handle,
    start: demand.start,
    /** From now on customers may be sent here: to be called once this instance serves. */
    async join(kafka: OpenKafka, port: number) {
      const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`
      here = address
      return await joinPlacement({
        ...{ consume: kafka.consume, admin: kafka.admin, names: kafka.names },
        ...{ logger, groupId: GROUP, topic: TOPIC.locationUpdated, storedBy, address },
        onChange(shared) {
          placement = shared
          moveCustomers()
          clearTimeout(later)
          later = setTimeout(moveCustomers, HEARD_BY_ALL_MS)
        },
      })
    },
    async close() {
      clearTimeout(later)
      demand.stop()
      calls.close()
    },
  }
}
