import type { Config } from '../config.ts'
import type { Database } from '../db/open-database.ts'
import type { Tokens } from '../gateway/tokens.ts'
import { createDeliveriesChapter } from './deliveries-chapter.ts'
import { createInside, type Inside } from './inside.ts'
import { createInstanceChapter } from './instance-chapter.ts'

type Dependencies = {
  config: Config
  db: Database
  tokens: Tokens
  /** Sockets on this instance. */
  count: () => { customers: number; visitors: number }
}

/** Puts the chapters of the page /inside together. None does anything before somebody looks. */
export function openInside({ config, db, tokens, count }: Dependencies): Inside {
  const { instanceId, demo } = config
  return createInside([
    createDeliveriesChapter({ db, tokens }),
    createInstanceChapter({ instanceId, demo, broker: config.kafka ? 'kafka' : 'embedded' }, count),
  ])
}
