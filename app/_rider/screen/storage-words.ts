import type { StorageState, StorageTrouble } from '../outbox/outbox.ts'

const CAUSES: Record<StorageTrouble, string> = {
  missing: 'This browser keeps no data',
  full: 'This device has no room left',
  closed: 'The browser has closed this page’s storage',
  slow: 'The browser’s storage does not answer',
  unreadable: 'The browser’s storage cannot be read',
}

/** What the rider should know of what is kept on the device. */
export function storageWords({ trouble, unreadable }: StorageState): string[] {
  const lines: string[] = []
  if (trouble) lines.push(`${CAUSES[trouble]}: positions that wait are lost when the page is closed.`)
  if (unreadable > 0)
    lines.push(`${positions(unreadable)} kept on this device could not be read. The ride goes on.`)
  return lines
}

export function positions(count: number): string {
  return count === 1 ? '1 position' : `${count} positions`
}
