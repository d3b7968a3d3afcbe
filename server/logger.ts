import { type Logger as PinoLogger, pino } from 'pino'
import type { Config } from './config.ts'

export type Logger = PinoLogger

/** JSON lines to stdout, readable lines in development and for the demo in a terminal; tokens never reach them. */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'production' | 'demo' | 'instanceId'>,
): Logger {
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
