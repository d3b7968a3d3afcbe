import { atEnd } from '../../../../tests/support/at-end.ts'
import { tempDir } from '../../../../tests/support/temp-dir.ts'
import { type Broker, createBroker } from '../../src/broker.ts'
import type { BrokerConfig } from '../../src/config.ts'

export interface InProcessBroker extends Broker {
  readonly logDir: string
  /** Every line it has logged. */
  readonly lines: readonly string[]
}

/** A broker in this process, on a free port, closed at the end. */
export async function openBroker(options: Partial<BrokerConfig> = {}): Promise<InProcessBroker> {
  const logDir = options.logDir ?? tempDir()
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const broker = await createBroker({ port: 0, ...options, logDir, logger: { info: log, warn: log } })
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= broker.close()
    return closing
  }
  atEnd(close)
  return { ...broker, close, logDir, lines }
}
