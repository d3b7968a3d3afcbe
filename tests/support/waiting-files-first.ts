import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Each waits long: for a time to be up, or for processes to come and go. Begun last, they would be waited for alone. */
const WAITING = [
  'inside-time-up.test.ts',
  'inside-faults.test.ts',
  'process.test.ts',
  'simulate-riders.test.ts',
  'restart.test.ts',
  'log-unavailable.test.ts',
  'database-embedded-root.test.ts',
  'stop.test.ts',
  'dying-consumers.test.ts',
  'kafkajs-groups.test.ts',
]

/** Vitest begins with the largest files, or with those that took longest last time, which a fresh clone does not know. */
export class WaitingFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waits = ({ moduleId }: TestSpecification) => WAITING.some((name) => moduleId.endsWith(`/${name}`))
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))]
  }
}
