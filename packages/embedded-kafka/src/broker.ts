import { type BrokerOptions, brokerConfig } from './config.ts'
import { GroupCoordinator } from './group/coordinator.ts'
import { Flusher } from './log/flusher.ts'
import { INDEX_INTERVAL_BYTES } from './log/segment-index.ts'
import { ByteBudget } from './network/byte-budget.ts'
import { ReadBuffers } from './network/read-buffers.ts'
import { KafkaServer } from './network/server.ts'
import type { BrokerServices } from './services.ts'
import { lockDirectory } from './storage/dir-lock.ts'
import { prepareLogDir, readOrCreateMeta, removeLeftovers } from './storage/log-dir.ts'
import { ProducerIds } from './topics/producer-ids.ts'
import { TopicRegistry } from './topics/topic-registry.ts'

const KEPT_READ_BUFFERS = 24

export interface Broker {
  readonly host: string
  /** The port it really listens on. */
  readonly port: number
  /** Stops serving, brings everything to the disk, gives the folder back. */
  close(): Promise<void>
}

/**
 * Opens the log in `logDir` and serves it. Rejects with DirectoryInUse, UnusableLogDir, or the error of listen(2);
 * nothing stays open then.
 */
export async function createBroker(options: BrokerOptions): Promise<Broker> {
  const config = brokerConfig(options)
  prepareLogDir(config.logDir)
  const unlock = lockDirectory(config.logDir)
  const opened: { close(): void }[] = []
  try {
    const { clusterId } = readOrCreateMeta(config.logDir)
    removeLeftovers(config.logDir)
    const topics = open(new TopicRegistry(config))
    const groups = open(new GroupCoordinator(config))
    const producerIds = open(new ProducerIds(config.logDir, config.logger))

    const services: BrokerServices = {
      ...{ config, clusterId, topics, groups, producerIds },
      advertised: { host: config.advertisedHost ?? config.host, port: config.advertisedPort ?? config.port },
      requestBytes: new ByteBudget(config.queuedMaxRequestBytes),
      responseBytes: new ByteBudget(config.queuedMaxResponseBytes),
      readBuffers: new ReadBuffers(config.fetchMaxBytes + INDEX_INTERVAL_BYTES, KEPT_READ_BUFFERS),
      shedLargestRequest: () => server.shedLargestRequest(),
      shedSlowestReader: () => server.shedSlowestReader(),
    }
    const server = new KafkaServer(services)
    const port = await server.listen(config.host, config.port)
    services.advertised.port = config.advertisedPort ?? port

    const flusher = new Flusher(() => topics.logs(), config)
    const housekeeping = setInterval(() => keepHouse(services), config.logRetentionCheckIntervalMs)
    const close = async () => {
      await server.close()
      clearInterval(housekeeping)
      await flusher.close()
      for (const part of opened) part.close()
      unlock()
    }
    return { host: config.host, port, close }
  } catch (error) {
    for (const part of opened) part.close()
    unlock()
    throw error
  }

  function open<T extends { close(): void }>(part: T): T {
    opened.push(part)
    return part
  }
}

/** What has to go after some time: old segments, offsets of groups long gone, silent producers. */
function keepHouse({ config, topics, groups }: BrokerServices): void {
  const now = Date.now()
  try {
    topics.applyRetention(now)
    groups.expire(now)
    for (const log of topics.logs()) log.producers.expire(now - config.producerIdExpirationMs)
  } catch (error) {
    config.logger.warn(`housekeeping failed, the next round tries again: ${String(error)}`)
  }
}
