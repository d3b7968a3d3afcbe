const LOOK_EVERY_MS = 250

/**
 * `npm run` starts us through a shell, and a SIGTERM to npm ends that shell without reaching us: nobody would be left
 * to stop us. So we stop, as by that SIGTERM, when our parent is gone.
 */
export function endWithParent() {
  const underNpm = process.env.npm_lifecycle_event !== undefined
  if (!underNpm || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  timer.unref()
}
