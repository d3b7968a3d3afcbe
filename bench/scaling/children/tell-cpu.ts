export type Told = { cpuUs: number; done: number; port: number }

type Telling = { done?: () => number; begin?: () => void; port?: number }

/** In a child process: answers with the CPU time it has used and how much it has done; begins when it is told to. */
export function tellCpu({ done = () => 0, begin = () => {}, port = 0 }: Telling): void {
  process.on('message', (message) => {
    if (message === 'begin') return begin()
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuUs: user + system, done: done(), port } satisfies Told)
  })
  process.once('disconnect', () => process.exit())
}
