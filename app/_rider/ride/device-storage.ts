export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Some private windows and locked-down browsers forbid even to look. */
export function deviceStorage(): DeviceStorage | null {
  try {
    return localStorage
  } catch (cause) {
    console.warn('This browser keeps nothing', cause)
    return null
  }
}
