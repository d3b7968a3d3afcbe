import type { Logger } from 'pino'

type Closable = { close(): Promise<void> }

/** What has been opened, to be closed in the opposite order. */
export type Closing = {
  add(close: () => Promise<void>): void
  /** Opens side by side. When one fails, the others are still noted, and the failure is thrown once all have settled. */
  openAll<T extends readonly Closable[]>(opening: { [K in keyof T]: Promise<T[K]> }): Promise<T>
  close(): Promise<void>
}

export function createClosing(logger: Pick<Logger, 'warn'>): Closing {
  const closes: (() => Promise<void>)[] = []
  return {
    add(close) {
      closes.push(close)
    },
    async openAll<T extends readonly Closable[]>(opening: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
      const settled = await Promise.allSettled(opening)
      for (const result of settled) if (result.status === 'fulfilled') closes.push(result.value.close)
      return (await Promise.all(opening)) as unknown as T
    },
    async close() {
      for (const close of closes.splice(0).reverse())
        await close().catch((err: unknown) => logger.warn({ err }, 'Something did not close cleanly'))
    },
  }
}
