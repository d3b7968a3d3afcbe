/**
 * Teardown, registered where a thing is created. Vitest runs it after each test file (run-at-end.ts), the fixtures of
 * the end-to-end tests when they are done.
 */
const teardowns: (() => unknown)[] = []

export function atEnd(teardown: () => unknown): void {
  teardowns.push(teardown)
}

/** How many there are by now. */
export const teardownCount = (): number => teardowns.length

/** Newest first, all but the first `kept`, every one of them even when one fails; then fails with what failed. */
export async function runTeardowns(kept = 0): Promise<void> {
  const failures: unknown[] = []
  for (const teardown of teardowns.splice(kept).reverse()) {
    try {
      await teardown()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Teardown failed: ${failures.join('; ')}`)
}
