import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'

const LOOK_EVERY_MS = 2_000
/** The share of its time that the event loop is busy. */
const CALM_BELOW = 0.1
const CALM_FOR_LOOKS = 3

/**
 * Collect again once the heap has grown by as much as was alive, not by up to three times that. It costs a post nothing with
 * the young generation that the start commands ask for: docs/decisions/0042.
 */
const GROWS_BY = '--heap-growing-percent=100'
/**
 * V8 makes objects in the old generation at once whose like have survived some collections of the young one. With hundreds of
 * posts in flight those are objects of a post; there they stay until all of the heap is collected, and meanwhile keep alive
 * what they point to. It was a sixth of what a post costs: docs/decisions/0042.
 */
const BORN_YOUNG = '--no-allocation-site-pretenuring'

/**
 * Sets how V8 collects, for the whole process. Memory that a busy time took is given back to the system when it is over: V8
 * can do that, in steps beside the work, but begins only when hardly anything is allocated, which never is. While the event
 * loop is calm it is told that memory counts more than speed.
 */
export function setUpGarbageCollection({ lookEveryMs = LOOK_EVERY_MS } = {}): void {
  for (const flag of [GROWS_BY, BORN_YOUNG]) setFlagsFromString(flag)
  let before = performance.eventLoopUtilization()
  let calmLooks = 0
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    calmLooks = utilization < CALM_BELOW ? calmLooks + 1 : 0
    if (calmLooks === CALM_FOR_LOOKS) setFlagsFromString('--optimize-for-size')
    if (calmLooks === 0) setFlagsFromString('--no-optimize-for-size')
  }, lookEveryMs).unref()
}
