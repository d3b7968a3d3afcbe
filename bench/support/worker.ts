import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../../tests/support/at-end.ts'

// A part of a bench in a process of its own, so that its CPU time is its own: a floor, or who makes the load.

type Calls = Record<string, (input: never) => unknown>
type Asked = { id: number; name: string; input: unknown }
type Told = { id: number; answer?: unknown; error?: string }

export type Worker<C extends Calls> = {
  pid: number
  call<Name extends keyof C & string>(
    name: Name,
    ...input: Parameters<C[Name]>
  ): Promise<Awaited<ReturnType<C[Name]>>>
  stop(): Promise<void>
}

/** `file` is below bench/, without its ending. It ends with us. `quiet`: what it prints is thrown away. */
export async function startWorker<C extends Calls>(
  file: string,
  args: string[] = [],
  { quiet = false } = {},
): Promise<Worker<C>> {
  const child = fork(fileURLToPath(new URL(`../${file}.ts`, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, KAFKAJS_NO_PARTITIONER_WARNING: '1' },
  })
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  let asked = 0
  const exited = once(child, 'exit').then(([code, signal]) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code ?? signal}`))
  })
  child.on('message', ({ id, answer, error }: Told) => {
    const caller = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) caller?.resolve(answer)
    else caller?.reject(new Error(`${file}: ${error}`))
  })
  const stop = async () => {
    if (child.connected) child.disconnect()
    await exited
  }
  atEnd(stop)
  const call = (name: string, input?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve, reject })
      child.send({ id: asked, name, input } satisfies Asked)
    })
  await call('ready')
  return { pid: child.pid as number, call: call as Worker<C>['call'], stop }
}

/** In the worker: what it can be asked for. */
export function answerCalls(calls: Calls): void {
  process.on('message', async ({ id, name, input }: Asked) => {
    const tell = (told: Omit<Told, 'id'>) => process.send?.({ id, ...told })
    try {
      tell({ answer: name === 'ready' ? null : await calls[name]?.(input as never) })
    } catch (error) {
      tell({ error: String(error instanceof Error ? error.stack : error) })
    }
  })
  process.once('disconnect', () => process.exit())
}
