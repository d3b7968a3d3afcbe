import {
  type CallName,
  insideCalls,
  insideNameSchema,
  insideStreams,
  type StreamName,
  watchIdSchema,
} from '#contracts/inside/protocol.ts'
import { parse } from '../api/read-json.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Chapter, Visitor } from './chapter.ts'

/** All chapters behind one door. Inputs are checked here; every failure is a ProblemError. */
export type Inside = {
  call(name: unknown, input: unknown, visitor: Visitor): Promise<unknown>
  /** Returns the function that stops it. */
  watch(name: unknown, input: unknown, emit: (event: unknown) => void, visitor: Visitor): Promise<() => void>
  close(): Promise<void>
}

type Handler = (input: never, ...rest: never[]) => Promise<unknown>

export function createInside(chapters: readonly Chapter[]): Inside {
  const calls = new Map<string, Handler>(chapters.flatMap((chapter) => Object.entries(chapter.calls ?? {})))
  const streams = new Map<string, Handler>(
    chapters.flatMap((chapter) => Object.entries(chapter.streams ?? {})),
  )

  return {
    async call(asked, input, visitor) {
      const name = parse(asked, insideNameSchema)
      const handle = calls.get(name) ?? unknown(name)
      return await handle(
        parse<unknown>(input, insideCalls[name as CallName].input) as never,
        visitor as never,
      )
    },
    async watch(asked, input, emit, visitor) {
      const name = parse(asked, insideNameSchema)
      const handle = streams.get(name) ?? unknown(name)
      const parsed = parse<unknown>(input, insideStreams[name as StreamName].input)
      return (await handle(parsed as never, emit as never, visitor as never)) as () => void
    },
    async close() {
      await Promise.all(chapters.map((chapter) => chapter.close?.()))
    },
  }
}

export const parseWatchId = (watchId: unknown): string => parse(watchId, watchIdSchema)

function unknown(name: string): never {
  throw new ProblemError('not_found', { detail: `There is nothing called ${name} here.` })
}
