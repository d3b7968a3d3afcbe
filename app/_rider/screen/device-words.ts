import type { GpsState } from '../gps/device-gps.ts'
import type { RiderState } from '../ride/rider-state.ts'

export type DeviceWords = {
  /** `good`: the server has this device's newest position. */
  tone: 'good' | 'calm' | 'warn'
  what: string
  /** What to do, or what it means; changes more often than `what`. */
  next: string
}

const NOT_WORKING: Record<Exclude<GpsState, 'working'>, DeviceWords> = {
  insecure: {
    tone: 'warn',
    what: 'No position over http',
    next: 'Browsers give a page the position only over https. Ask dispatch for a link that starts with https.',
  },
  unsupported: {
    tone: 'warn',
    what: 'This browser gives no position',
    next: 'Open the link in another browser.',
  },
  denied: {
    tone: 'warn',
    what: 'This page may not read the position',
    next: 'Allow location for this page in the browser’s settings. It then goes on by itself.',
  },
  asking: {
    tone: 'calm',
    what: 'Waiting for the device’s position',
    next: 'Allow it if the browser asks.',
  },
  slow: {
    tone: 'warn',
    what: 'The device takes long to find its position',
    next: 'It goes on by itself. Under the open sky it is faster.',
  },
  unavailable: {
    tone: 'warn',
    what: 'The device does not know where it is',
    next: 'Check that location is switched on. It goes on by itself.',
  },
  unusable: {
    tone: 'warn',
    what: 'The device gives no usable position',
    next: 'Switching location off and on may help. It goes on by itself.',
  },
}

/** The device counts as silent after three missed reports, and never before 15 s. */
const MISSED_REPORTS = 3
const SAID_AFTER_MS = 15_000

type Facts = Pick<
  RiderState,
  'source' | 'gps' | 'sharing' | 'sending' | 'recordedAtMs' | 'acknowledgedAtMs' | 'intervalMs' | 'nowMs'
>

/** Words for this device's position, from what was last recorded and acknowledged; null while the ride is simulated. */
export function deviceWords(facts: Facts): DeviceWords | null {
  const { source, gps, sharing, sending, recordedAtMs, acknowledgedAtMs, intervalMs, nowMs } = facts
  if (source !== 'device' || gps === null) return null
  if (gps !== 'working') return NOT_WORKING[gps]
  if (!sharing)
    return { tone: 'calm', what: 'This device’s position is not shared', next: 'It is known, and kept here.' }
  const limitMs = Math.max(SAID_AFTER_MS, MISSED_REPORTS * intervalMs)
  if (recordedAtMs !== null && nowMs - recordedAtMs > limitMs) {
    const seconds = Math.floor((nowMs - recordedAtMs) / 1_000)
    return { tone: 'warn', what: 'This device is silent', next: `No position for ${seconds} s.` }
  }
  if (sending !== 'fine')
    return {
      tone: 'calm',
      what: 'Recording this device’s position',
      next: 'It is sent as soon as it can be.',
    }
  if (acknowledgedAtMs === null || recordedAtMs === null || nowMs - acknowledgedAtMs > limitMs)
    return {
      tone: 'calm',
      what: 'Sending this device’s position…',
      next: 'The server has not confirmed it yet.',
    }
  return { tone: 'good', what: 'Sharing this device’s position', next: 'The server has the newest one.' }
}
