import { randomBytes } from 'node:crypto'

/** Every topic and group of a lab is called so; nothing else is ever deleted. */
export const LAB_PREFIX = 'inside-lab-'
const LAB_NAME = /^inside-lab-([0-9a-z]+)-[0-9a-f]{8}(?:-|$)/

/** No lab lives longer; an older one was left behind by a process that died. */
export const LAB_LASTS_AT_MOST_MS = 10 * 60_000

/** Tells when it was made, so that other instances on the cluster can judge its age. */
export function newLabName(nowMs: number): string {
  return `${LAB_PREFIX}${nowMs.toString(36)}-${randomBytes(4).toString('hex')}`
}

/** When the lab of a topic or group was made, by its name without the prefix of the installation; null if it is no lab's. */
export function madeAtMs(name: string): number | null {
  const made = LAB_NAME.exec(name)?.[1]
  return made === undefined ? null : Number.parseInt(made, 36)
}
