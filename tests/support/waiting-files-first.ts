import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Each waits for minutes for a time to be up: begun last, all others would be done and it would be waited for alone. */
const WAITING = ['inside-time-up.test.ts', 'inside-faults.test.ts', 'process.test.ts']

/** Vitest begins with the largest files, or with those that took longest last time, which a fresh clone does not know. */
export class WaitingFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waits = ({ moduleId }: TestSpecification) => WAITING.some((name) => moduleId.endsWith(`/${name}`))
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))]
  }
}
