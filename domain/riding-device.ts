/** The device that rides, and how many times the delivery has gone over to one. */
export type RidingDevice = { deviceId: string | null; takeover: number }

export const NO_DEVICE: RidingDevice = { deviceId: null, takeover: 0 }

/** What is known after hearing of a takeover: what is older than known changes nothing. */
export function withNewerDevice(known: RidingDevice, heard: RidingDevice): RidingDevice {
  return heard.takeover > known.takeover ? heard : known
}

/**
 * Whether points of this device are refused. One that does not name itself knows nothing of this rule and is let
 * through, and until a device has taken over any may send.
 */
export function isOtherDevice({ deviceId: riding }: RidingDevice, deviceId: string | undefined): boolean {
  return deviceId !== undefined && riding !== null && deviceId !== riding
}

const APP = 'phone app, code '

/** What the phone app is called that reports by the delivery's first code, its second… */
export const appDevice = (codeVersion: number): string => `${APP}${codeVersion}`

export const isAppDevice = (deviceId: string | null): boolean => deviceId?.startsWith(APP) ?? false
