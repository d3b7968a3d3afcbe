export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `localStorage`, or null: some private windows and locked-down browsers throw on access. */
export function deviceStorage(): DeviceStorage | null {
  try {
    return localStorage
  } catch (cause) {
    console.warn('This browser keeps nothing', cause)
    return null
  }
}
