import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/** JSON lines to stdout, readable ones for who develops or tries the demo in a terminal; tokens never reach them. */
export function createLog(config: Pick<Config, 'logLevel' | 'production' | 'demo' | 'instanceId'>): Log {
  const readable = !config.production || (config.demo && process.stdout.isTTY)
  return pino({
    level: config.logLevel,
    base: { instance: config.instanceId },
    redact: ['token', 'authorization', '*.token', '*.authorization'],
    ...(readable
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname,instance', singleLine: true },
          },
        }
      : {}),
  })
}
