import { checkPin, type PinState, pinState } from '../db/check-pin.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'

/** Four digits, as the server makes them: what is none cannot be right, and counts as a wrong one. */
const PIN = /^\d{4}$/

/**
 * Resolves when the rider has said the PIN that the customer was shown. That none was said costs no try: it is how a
 * rider's app learns that one is asked for.
 * @throws ProblemError `wrong_pin` with how many tries are left, and with a time to come back while there is none
 */
export async function requirePin(db: Database, deliveryId: string, pin: string | undefined): Promise<void> {
  const state = await queryWithDeadline(() =>
    pin === undefined ? pinState(db, deliveryId) : checkPin(db, deliveryId, PIN.test(pin) ? pin : ''),
  )
  // Ended meanwhile: the change of status will say so.
  if (state === null || state.isRight) return
  throw new ProblemError('wrong_pin', {
    detail: wordsFor(state, pin === undefined),
    field: 'pin',
    triesLeft: state.triesLeft,
    ...(state.triesLeft === 0 && { retryAfterMs: state.msLeft }),
  })
}

function wordsFor({ triesLeft, msLeft }: PinState, isMissing: boolean): string {
  if (triesLeft === 0)
    return `Too many wrong PINs. There are new tries in ${Math.max(1, Math.ceil(msLeft / 1_000))} s.`
  const tries = triesLeft === 1 ? 'One try is left' : `${triesLeft} tries are left`
  return isMissing
    ? `The order is handed over with the PIN that the customer was shown. ${tries}.`
    : `This is not the PIN that the customer was shown. ${tries}.`
}
