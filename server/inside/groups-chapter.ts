import type { LabState } from '#contracts/inside/groups.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { Logger } from '../logger.ts'
import type { Chapter, Visitor } from './chapter.ts'
import { openVisitorLab, type VisitorLab } from './groups/visitor-lab.ts'
import type { Lab } from './log/lab.ts'
import type { OpenLogReader } from './log/log-reader.ts'

type Dependencies = {
  demo: boolean
  lab: Lab
  openLogReader: OpenLogReader
  now: () => number
  logger: Logger
}

const MOST_LABS = 4
/** Of one address. */
const MOST_LABS_EACH = 2
const EMIT_EVERY_MS = 250
/** A later start does the work that is not done by then. */
const CLOSE_WITHIN_MS = 2_000

/** A visitor's lab, if one is open, and how often its state has changed. */
type Desk = { address: string; lab: VisitorLab | null; opening: boolean; gone: boolean; changes: number }

/** A lab for each visitor who wants one; it ends with the visitor's socket, or after three minutes. */
export function createGroupsChapter({ demo, lab, openLogReader, now, logger }: Dependencies): Chapter {
  const desks = new Map<string, Desk>()
  const closing = new Set<Promise<void>>()

  function deskOf(visitor: Visitor): Desk {
    const known = desks.get(visitor.id)
    if (known) return known
    const desk: Desk = { address: visitor.address, lab: null, opening: false, gone: false, changes: 0 }
    desks.set(visitor.id, desk)
    visitor.onLeave(() => {
      desk.gone = true
      desks.delete(visitor.id)
      end(desk)
    })
    return desk
  }

  /** Its topic and groups go in the background: after a crash that takes a session. */
  function end(desk: Desk): void {
    const ended = desk.lab
    if (!ended) return
    desk.lab = null
    desk.changes++
    const closed = ended
      .close()
      .catch((err: unknown) =>
        logger.warn({ err, topic: ended.topic }, 'A lab was not removed; a later start does it'),
      )
      .finally(() => closing.delete(closed))
    closing.add(closed)
  }

  async function open(desk: Desk, partitions: number): Promise<string> {
    end(desk)
    const taken = [...desks.values()].filter((each) => each.lab || each.opening)
    if (taken.filter(({ address }) => address === desk.address).length >= MOST_LABS_EACH)
      throw new ProblemError('rate_limited', {
        detail: `This address has ${MOST_LABS_EACH} labs open already; close one, or wait until it ends.`,
      })
    if (desk.opening || taken.length >= MOST_LABS)
      throw new ProblemError('rate_limited', {
        detail: 'All labs of this instance are taken; try again in a minute.',
      })
    desk.opening = true
    try {
      const opened: VisitorLab = await openVisitorLab(
        { lab, openLogReader, now, logger },
        {
          partitions,
          onChange: () => {
            desk.changes++
          },
          onEnd: () => {
            if (desk.lab === opened) end(desk)
          },
        },
      )
      desk.lab = opened
      if (desk.gone) end(desk)
      return opened.topic
    } finally {
      desk.opening = false
    }
  }

  function labOf(visitor: Visitor): VisitorLab {
    const found = deskOf(visitor).lab
    if (!found) throw new ProblemError('not_found', { detail: 'Open a lab first.' })
    return found
  }

  return {
    calls: {
      async 'lab:open'({ partitions }, visitor) {
        if (!demo) throw new ProblemError('forbidden', { detail: 'Levers are there in the demo only.' })
        return { topic: await open(deskOf(visitor), partitions) }
      },
      async 'lab:close'(_input, visitor) {
        end(deskOf(visitor))
        return {}
      },
      async 'lab:start-member'(wanted, visitor) {
        return { number: labOf(visitor).members.start(wanted) }
      },
      async 'lab:stop-member'({ number }, visitor) {
        await labOf(visitor).members.end(number, 'stopped')
        return {}
      },
      async 'lab:crash-member'({ number }, visitor) {
        await labOf(visitor).members.end(number, 'crashed')
        return {}
      },
      async 'lab:send'({ count }, visitor) {
        return { sent: await labOf(visitor).send(count) }
      },
      async 'lab:trickle'({ on }, visitor) {
        labOf(visitor).trickle(on)
        return {}
      },
    },
    streams: {
      async 'lab:state'(_input, emit: (event: { lab: LabState | null }) => void, visitor) {
        const desk = deskOf(visitor)
        let emitted = -1
        const emitState = () => {
          if (emitted === desk.changes) return
          emitted = desk.changes
          emit({ lab: desk.lab?.state() ?? null })
        }
        emitState()
        const timer = setInterval(emitState, EMIT_EVERY_MS)
        return () => clearInterval(timer)
      },
    },
    async close() {
      for (const desk of desks.values()) end(desk)
      await waitAtMost(
        CLOSE_WITHIN_MS,
        Promise.all(closing).then(() => {}),
      )
    },
  }
}
