import type { z } from 'zod'

/** Returns a listener that passes on messages of the agreed shape and drops others with a warning. */
export function whenParsed<T>(schema: z.ZodType<T>, handle: (value: T) => void): (raw: unknown) => void {
  return (raw) => {
    const parsed = schema.safeParse(raw)
    if (parsed.success) handle(parsed.data)
    else console.warn('Left out a message without the agreed shape', parsed.error)
  }
}
