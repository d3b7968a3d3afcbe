/**
 * Whether PostgreSQL can hold this text at all: it has no character U+0000, which JSON does, and refuses the whole
 * statement. No delivery's id has it, so to look for one is to find nothing.
 */
export function isStorableText(value: string): boolean {
  return !value.includes('\0')
}
