import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/** JSON lines to stdout; tokens never reach them. In a developer's terminal, readable lines instead. */
export function createLog(config: Pick<Config, 'logLevel' | 'production' | 'instanceId'>): Log {
  return pino({
    level: config.logLevel,
    base: { instance: config.instanceId },
    redact: ['token', 'authorization', '*.token', '*.authorization'],
    ...(config.production
      ? {}
      : { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }),
  })
}
