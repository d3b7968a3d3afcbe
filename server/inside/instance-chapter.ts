import type { InstanceState } from '#contracts/inside/instance.ts'
import type { Chapter } from './chapter.ts'

const EMIT_EVERY_MS = 1_000

/** Which instance this is, and how many are connected to it. */
export function createInstanceChapter(
  fixed: Pick<InstanceState, 'instanceId' | 'broker' | 'demo'>,
  count: () => Pick<InstanceState, 'customers' | 'visitors'>,
): Chapter {
  return {
    streams: {
      async 'instance:state'(_input, emit) {
        const emitState = () => emit({ ...fixed, ...count() })
        emitState()
        const timer = setInterval(emitState, EMIT_EVERY_MS)
        return () => clearInterval(timer)
      },
    },
  }
}
