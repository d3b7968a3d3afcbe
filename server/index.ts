import { startApp } from './app.ts'
import { readConfig } from './config.ts'
import { setUpGarbageCollection } from './ground/garbage-collection.ts'
import { StartUpError } from './ground/start-up-error.ts'
import { createLogger, type Logger } from './logger.ts'

/** A part that hangs at the stop must not keep the process. */
const STOP_WITHIN_MS = 10_000

/** Before it serves there is nothing to finish; and the first process of a container has no default for signals. */
const leave = () => process.exit(0)
process.once('SIGTERM', leave)
process.once('SIGINT', leave)

setUpGarbageCollection()
try {
  const config = readConfig()
  const logger = createLogger(config)
  const app = await startApp(config, logger)
  process.off('SIGTERM', leave)
  process.off('SIGINT', leave)
  stopOnSignal(app.close, logger)
  console.log(`Ready on http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${app.port}`)
} catch (error) {
  // What the operator can mend is said in words; a stack trace is for defects.
  if (error instanceof StartUpError) console.error(`\n${error.message}\n`)
  else console.error(error)
  process.exit(1)
}

function stopOnSignal(close: () => Promise<void>, logger: Logger): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'Stopping')
    setTimeout(() => {
      logger.error('Stopping took too long; leaving')
      process.exit(1)
    }, STOP_WITHIN_MS).unref()
    void close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
