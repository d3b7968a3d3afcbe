import { deviceIdSchema } from '#contracts/delivery.ts'
import { deviceStorage } from './device-storage.ts'

const KEY = 'rider-live device'
let ofThisPage: string | null = null

/** This browser's own id. Where storage is blocked it lasts as long as the page. */
export function deviceId(storage = deviceStorage()): string {
  ofThisPage ??= kept(storage) ?? randomId()
  try {
    storage?.setItem(KEY, ofThisPage)
  } catch (cause) {
    console.warn('A reload will be taken for another device', cause)
  }
  return ofThisPage
}

function kept(storage: ReturnType<typeof deviceStorage>): string | null {
  try {
    return deviceIdSchema.safeParse(storage?.getItem(KEY)).data ?? null
  } catch (cause) {
    console.warn('What this device was called cannot be read', cause)
    return null
  }
}

/** `crypto.randomUUID` exists on https and localhost only. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
