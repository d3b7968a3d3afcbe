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

/** Of a lab's topic or group, by its name without the prefix of the installation. */
export function isLeftBehind(name: string, nowMs: number): boolean {
  const made = LAB_NAME.exec(name)?.[1]
  return made !== undefined && nowMs - Number.parseInt(made, 36) > LAB_LASTS_AT_MOST_MS
}
