import type { z } from 'zod'

/** A listener that hands on only what has the agreed shape. Anything else is left out, and said so in the console. */
export function whenParsed<T>(schema: z.ZodType<T>, handle: (value: T) => void): (raw: unknown) => void {
  return (raw) => {
    const parsed = schema.safeParse(raw)
    if (parsed.success) handle(parsed.data)
    else console.warn('Left out a message without the agreed shape', parsed.error)
  }
}
