/** Where the broker's few words go. main.ts prints them; tests collect them. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
}

export const silentLogger: Logger = { info: () => {}, warn: () => {} }
