/**
 * Next bundles its own copy of every module it imports, so a module variable would exist twice in this one
 * process: once for the server, once for pages and routes. What both must share hangs on globalThis.
 */
export function sharedInProcess<T>(name: string): { provide(value: T): void; use(): T } {
  const key = Symbol.for(`rider-live.${name}`)
  const store = globalThis as { [key: symbol]: T | undefined }
  return {
    provide(value) {
      store[key] = value
    },
    use() {
      const value = store[key]
      if (value === undefined)
        throw new Error(`${name} is not there yet: pages and routes run inside server/index.ts`)
      return value
    },
  }
}
