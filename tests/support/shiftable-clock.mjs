import { readFileSync } from 'node:fs'

/**
 * Loaded before the app (`NODE_OPTIONS=--import=…`): its wall clock is off by the milliseconds that the file CLOCK_FILE
 * holds, while timers go on as ever. As when somebody sets the clock of the machine.
 */
const path = process.env.CLOCK_FILE
const real = Date.now
const shiftMs = () => {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}
Date.now = () => real() + shiftMs()
