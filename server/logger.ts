import { type Logger as PinoLogger, pino } from 'pino'
import type { Config } from './config.ts'

export type Logger = PinoLogger
export type LineLogger = Record<'info' | 'debug', (line: object, msg: string) => void>
type Settings = Pick<Config, 'logLevel' | 'production' | 'demo' | 'instanceId'>

/** JSON lines to stdout, readable lines in development and for the demo in a terminal; tokens never reach them. */
export function createLogger(config: Settings): Logger {
  return pino({
    level: config.logLevel,
    base: { instance: config.instanceId },
    redact: ['token', 'authorization', '*.token', '*.authorization'],
    ...(isReadable(config)
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname,instance', singleLine: true },
          },
        }
      : {}),
  })
}

/** A write to the system costs more than making the line does: this many lines are written together, or fewer after 100 ms. */
const MOST_TOGETHER = 100
const WRITTEN_AFTER_MS = 100

/**
 * For lines that come with every request, and whose members are all known: nothing in them has to be looked for and taken
 * out, and they are written together. At the end of the process they are written as well, unless it is killed.
 */
export function createLineLogger(config: Settings, logger: Logger): LineLogger {
  if (isReadable(config)) return logger
  const stdout = pino.destination({ fd: process.stdout.fd, sync: true })
  let [lines, count] = ['', 0]
  let timer: NodeJS.Timeout | null = null
  const writeAll = () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (count > 0) stdout.write(lines)
    lines = ''
    count = 0
  }
  process.once('exit', writeAll)
  const instance = JSON.stringify(config.instanceId)
  const write = (level: 'info' | 'debug') => {
    const begin = `{"level":${pino.levels.values[level]},"time":`
    return (line: object, msg: string) => {
      if (!logger.isLevelEnabled(level)) return
      // The line's own text is continued: a copy of it with all members costs as much as the text does.
      const members = JSON.stringify(line).slice(1, -1)
      lines += `${begin}${Date.now()},"instance":${instance},${members},"msg":${JSON.stringify(msg)}}\n`
      count += 1
      if (count === MOST_TOGETHER) writeAll()
      else timer ??= setTimeout(writeAll, WRITTEN_AFTER_MS)
    }
  }
  return { info: write('info'), debug: write('debug') }
}

function isReadable({ production, demo }: Settings): boolean {
  return !production || (demo && process.stdout.isTTY)
}
