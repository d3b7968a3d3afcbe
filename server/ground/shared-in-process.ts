/**
 * Next bundles its own copy of every module it imports, so a module variable would exist twice in this one
 * process: once for the server, once for pages and routes. What both must share hangs on globalThis.
 */
export function sharedInProcess<T>(name: string): { provide(value: T): T; use(): T } {
  const key = Symbol.for(`rider-live.${name}`)
  const store = globalThis as { [key: symbol]: { value: T | undefined } | undefined }
  // Looked for once: a look into globalThis costs more than the rest of such a call, and each post makes several.
  store[key] ??= { value: undefined }
  const shared = store[key]
  return {
    provide(value) {
      shared.value = value
      return value
    },
    use() {
      const { value } = shared
      if (value === undefined)
        throw new Error(`${name} is not there yet: pages and routes run inside server/index.ts`)
      return value
    },
  }
}
