import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import type { PostLocationsBody } from '#contracts/http.ts'
import { FIRST_LINKS } from '#domain/links.ts'
import { nextReportMs } from '#domain/report-rate.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import { type Access, provideAccess } from '#server/access/access.ts'
import { createRateLimiter } from '#server/access/rate-limit.ts'
import { createTokens } from '#server/access/tokens.ts'
import { answerApiCalls } from '#server/api/straight.ts'
import { readConfig } from '#server/config.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { createAcceptLocations } from '#server/delivery/accept-locations.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { createOpenDelivery } from '#server/delivery/open-delivery.ts'
import { provideServices, type Services } from '#server/delivery/services.ts'
import { createAccessLog } from '#server/gateway/access-log.ts'
import { createAdmission } from '#server/gateway/admission.ts'
import { createEntry } from '#server/gateway/entry.ts'
import { openDoor } from '#server/gateway/open-door.ts'
import { sendAnswer } from '#server/ground/answer.ts'
import { notedContext } from '#server/ground/request-context.ts'
import type { RequestHandler } from '#server/ground/request-handler.ts'
import { createSentOn } from '#server/ground/sent-on.ts'
import { openKafka } from '#server/kafka/open-kafka.ts'
import { createLineLogger } from '#server/logger.ts'
import { createMetrics } from '#server/metrics.ts'
import { FROM_ONE_MACHINE, TOKEN_SECRET } from '../support/product.ts'
import { answerCalls } from '../support/worker.ts'
import { startAccepting } from './accept.ts'
import { FLOOR, STEPS, type Step } from './ladder-steps.ts'

/** From now on this step is what answers, at this port. Arguments of the process: the brokers of the floor and of the steps. */
export type Ladder = { take: (step: Step) => number }

const [floorBroker = '', broker = ''] = process.argv.slice(2)
const config = readConfig({
  ...FROM_ONE_MACHINE,
  ...{ NODE_ENV: 'production', DEMO: '0', HOST: '127.0.0.1', PORT: '0' },
  ...{ TOKEN_SECRET, DISPATCH_TOKEN: 'x'.repeat(32), KAFKA_BROKERS: broker },
})
const logger = pino({ level: 'info' })
const metrics = createMetrics('ladder')
const base = { metrics, logger, now: Date.now }

const listening = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener)
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const reading = (
  onBody: (body: Buffer, response: Parameters<RequestListener>[1]) => void,
): RequestListener => {
  return (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => onBody(Buffer.concat(chunks), response))
  }
}
const answerOf = ({ locations }: PostLocationsBody) => {
  return { accepted: locations.length, duplicates: 0, lastSeq: locations.at(-1)?.seq ?? 0 }
}
const parsed = (body: Buffer): PostLocationsBody => JSON.parse(body.toString())
const same = answerOf({ locations: [] })
const plainly = reading((_body, response) => answerPlainly(response, JSON.stringify(same)))
const withJson = reading((body, response) => answerPlainly(response, JSON.stringify(answerOf(parsed(body)))))

function answerPlainly(response: Parameters<RequestListener>[1], body: string): void {
  response.writeHead(202, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

const entered: RequestHandler = (request, response) => {
  const { answerHeaders } = notedContext(request)
  const answer = (body: Buffer) =>
    sendAnswer({ status: 202, body: answerOf(parsed(body)) }, response, answerHeaders)
  reading(answer)(request, response)
  return true
}

const place = { name: 'A place', lat: 37.5, lng: 127.03 }
const record: Omit<DeliveryRecord, 'delivery'> = {
  ...{ riderId: 'rider', customerName: '', phones: {}, note: null, pin: null },
  ...{ visibleFromSeq: 1, visibleSeqTold: true, pickedUpAtMs: 0, endedAtMs: null },
  ...{ plan: { number: 0, fromSeq: null, durationMs: null }, links: FIRST_LINKS, riding: NO_DEVICE },
}
const live = new LiveDeliveries(async (id) => {
  const times = { createdAtMs: 0, statusAtMs: 0 }
  const way = {
    store: place,
    destination: { ...place, lat: 37.6 },
    route: [[37.5, 127.03] as const],
    routed: false,
  }
  const delivery = { id, status: 'picked_up', rider: { name: '' }, ...way, ...times }
  return { record: { ...record, delivery } as unknown as DeliveryRecord, newest: [] }
})
const kafka = await openKafka(config, base)
const accepting = (publish: typeof kafka.publish) =>
  createAcceptLocations({
    ...{ ...base, live, publish, planAnew: () => {} },
    // No post of the ladder needs either.
    ...{ db: undefined as never, changeStatus: undefined as never },
    reportRate: ({ record: { delivery }, recent }) => nextReportMs(delivery, recent.believed, 'no'),
  })
const open = createOpenDelivery({ live, now: Date.now })
const acceptedBy: Partial<Record<Step, Services['acceptLocations']>> = {
  [STEPS[3]]: async (_delivery, body) => answerOf(body),
  [STEPS[4]]: accepting({ ...kafka.publish, locations: async () => {} }),
  [STEPS[5]]: accepting(kafka.publish),
}
provideAccess({
  ...{ tokens: createTokens(TOKEN_SECRET), tokenLimit: createRateLimiter(config.rateLimitToken, 'token') },
  ...{ isOpen: false, dispatchToken: undefined, logger, refuseReplaced: async () => {} },
} as unknown as Access)

const openAt = async (handler: RequestHandler): Promise<number> => {
  const door = await openDoor(config)
  const addressLimit = createRateLimiter(config.rateLimitAddress, 'address')
  const admission = createAdmission({ ...door, addressLimit, sentOn: createSentOn(TOKEN_SECRET) })
  const accessLog = createAccessLog(1, createLineLogger(config, logger))
  const entry = createEntry({ ...base, handlers: [handler], admission, proxies: door.proxies, accessLog })
  door.open(entry, (_request, socket) => socket.destroy())
  return door.port
}
const { port: floorPort } = await startAccepting(floorBroker)
const [plainPort, jsonPort] = [await listening(plainly), await listening(withJson)]
const [enteredPort, servedPort] = [await openAt(entered), await openAt(answerApiCalls)]
const portOf = new Map<Step, number>([
  [FLOOR, floorPort],
  [STEPS[0], plainPort],
  [STEPS[1], jsonPort],
  [STEPS[2], enteredPort],
])

answerCalls({
  take(step) {
    const acceptLocations = acceptedBy[step]
    if (acceptLocations) provideServices({ open, acceptLocations } as unknown as Services)
    return portOf.get(step) ?? servedPort
  },
} satisfies Ladder)
