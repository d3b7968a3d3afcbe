/** One reader for all who watch: it reads while somebody does, and each gets what it found. */
export type SharedReading<T> = {
  /** Answers how to stop. */
  watch(emit: (found: T) => void): () => void
  /** Something has changed: reads at once, if anybody watches. */
  now(): void
}

export function shareReading<T>(
  read: () => Promise<T>,
  { everyMs, onFailure }: { everyMs: number; onFailure(error: unknown): void },
): SharedReading<T> {
  const watchers = new Set<(found: T) => void>()
  let timer: NodeJS.Timeout | undefined

  const tell = () => {
    if (watchers.size === 0) return
    read().then((found) => {
      for (const emit of watchers) emit(found)
    }, onFailure)
  }
  return {
    watch(emit) {
      const watcher = (found: T) => emit(found)
      watchers.add(watcher)
      timer ??= setInterval(tell, everyMs)
      tell()
      return () => {
        watchers.delete(watcher)
        if (watchers.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
    now: tell,
  }
}
