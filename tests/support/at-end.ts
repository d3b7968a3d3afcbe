/**
 * Teardown, registered where a thing is created. Vitest runs it after each test file (run-at-end.ts), the fixtures of
 * the end-to-end tests when they are done.
 */
const teardowns: (() => unknown)[] = []

export function atEnd(teardown: () => unknown): void {
  teardowns.push(teardown)
}

/** Newest first, every one of them even when one fails; then fails with what failed. */
export async function runTeardowns(): Promise<void> {
  const failures: unknown[] = []
  for (const teardown of teardowns.splice(0).reverse()) {
    try {
      await teardown()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Teardown failed: ${failures.join('; ')}`)
}
