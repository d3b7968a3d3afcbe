import { setTimeout as delay } from 'node:timers/promises'
import { LAB_GROUPS, LAB_LIMITS, type LabMemberState } from '#contracts/inside/groups.ts'
import type { CallInput } from '#contracts/inside/protocol.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { Logger } from '../../logger.ts'
import type { LabMember } from '../log/lab-member.ts'
import type { LabTopic } from '../log/lab-topic.ts'
import { GroupLedger } from './group-ledger.ts'

type Member = LabMemberState & { member: Promise<LabMember> }

/** Those that have ended stay on the page for a while. */
const MOST_SHOWN = 12

/** The consumers that a visitor has started, and what they have done. */
export class LabMembers {
  readonly ledgers: Record<(typeof LAB_GROUPS)[number], GroupLedger>
  readonly #topic: LabTopic
  readonly #onChange: () => void
  readonly #logger: Logger
  #members: Member[] = []
  #lastNumber = 0

  constructor(
    topic: LabTopic,
    partitions: number,
    { onChange, logger }: { onChange: () => void; logger: Logger },
  ) {
    this.ledgers = { A: new GroupLedger(partitions), B: new GroupLedger(partitions) }
    this.#topic = topic
    this.#onChange = onChange
    this.#logger = logger
  }

  /** Answers its number at once; it joins meanwhile. @throws ProblemError `rate_limited` */
  start({ group, commit, threads, slowMs }: CallInput<'lab:start-member'>): number {
    if (this.#members.filter(isRunning).length >= LAB_LIMITS.members)
      throw new ProblemError('rate_limited', { detail: `There are ${LAB_LIMITS.members} consumers already.` })
    const ledger = this.ledgers[group]
    const number = ++this.#lastNumber
    const change = (next: Partial<LabMemberState>) => {
      Object.assign(member, next)
      this.#onChange()
    }
    const joining = this.#topic.startMember({
      group,
      commit,
      concurrency: threads,
      work: async ({ partition, offset }, signal) => {
        ledger.begin(partition, offset, number)
        change({ begun: member.begun + 1 })
        await delay(slowMs, undefined, { signal })
        ledger.finish(partition, offset)
        change({ done: member.done + 1 })
      },
      onAssigned: (partitions, id) => {
        if (!isRunning(member)) return
        const state = partitions === null ? 'joining' : partitions.length === 0 ? 'idle' : 'working'
        change({ id, state, partitions: partitions ?? [] })
      },
      onCommitted: (partition, next) => {
        ledger.commit(partition, next)
        this.#onChange()
      },
    })
    const member: Member = {
      ...{ number, group, commit, threads, slowMs, id: null, partitions: [], begun: 0, done: 0 },
      state: 'joining',
      member: joining,
    }
    this.#members.push(member)
    joining.catch((err: unknown) => {
      this.#logger.warn({ err, topic: this.#topic.name }, 'A consumer of a lab did not start')
      change({ state: 'stopped' })
    })
    this.#forgetEnded()
    this.#onChange()
    return number
  }

  /** @throws ProblemError `not_found` */
  async end(number: number, how: 'stopped' | 'crashed'): Promise<void> {
    const found = this.#members.find((member) => member.number === number && isRunning(member))
    if (!found) throw new ProblemError('not_found', { detail: `Consumer ${number} does not run.` })
    const member = await found.member
    Object.assign(found, { state: how, partitions: [] })
    this.#onChange()
    if (how === 'stopped') return await member.stop()
    member.crash()
    this.ledgers[found.group].crash(number)
  }

  states(): LabMemberState[] {
    return this.#members.map(({ member: _member, ...state }) => state)
  }

  groups(): (typeof LAB_GROUPS)[number][] {
    return LAB_GROUPS.filter((group) => this.#members.some((member) => member.group === group))
  }

  #forgetEnded(): void {
    const ended = this.#members.filter((member) => !isRunning(member))
    const tooMany = ended.slice(0, Math.max(0, this.#members.length - MOST_SHOWN))
    this.#members = this.#members.filter((member) => !tooMany.includes(member))
  }
}

function isRunning({ state }: Pick<LabMemberState, 'state'>): boolean {
  return state !== 'stopped' && state !== 'crashed'
}
