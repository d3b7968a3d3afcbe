/** What the browser would answer now; null where the Permissions API cannot tell. */
export type DevicePermission = { state(): PermissionState | null; stop(): void }

/** Follows whether this page may read the position, which the rider may change in the browser's settings at any time. */
export function watchPermission(onChange: (state: PermissionState) => void): DevicePermission {
  let status: PermissionStatus | null = null
  let isStopped = false
  const changed = () => status && onChange(status.state)
  // Old browsers lack the Permissions API, or this permission.
  void navigator.permissions?.query({ name: 'geolocation' }).then(
    (found) => {
      if (isStopped) return
      status = found
      status.addEventListener('change', changed)
    },
    (cause: unknown) => console.warn('The permission cannot be asked for', cause),
  )
  return {
    state: () => status?.state ?? null,
    stop() {
      isStopped = true
      status?.removeEventListener('change', changed)
    },
  }
}
