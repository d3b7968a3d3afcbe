import type { Database } from './database.ts'

/** So many wrong ones, and the PIN rests. */
const PIN_TRIES = 5
const REST_MS = 5 * 60_000

/** `msLeft`: until the rest is over; 0 while there is none. */
export type PinState = { isRight: boolean; triesLeft: number; msLeft: number }

/**
 * Compares the PIN and counts a wrong one, in one statement: of many at once each sees what the one before has counted, on
 * whichever instance. While it rests nothing is compared, so that nothing is learned. Time is the database's own, so the
 * clocks of the instances need not agree. Returns null when the delivery asks for none, has ended, or is not there.
 */
export async function checkPin(
  { prisma }: Database,
  deliveryId: string,
  pin: string,
): Promise<PinState | null> {
  const [compared] = await prisma.$queryRaw<{ isRight: boolean; wrong: number }[]>`
    UPDATE deliveries SET
      pin_wrong = CASE WHEN pin = ${pin} THEN 0 WHEN pin_rest_until IS NULL THEN pin_wrong + 1 ELSE 1 END,
      pin_rest_until = CASE
        WHEN pin <> ${pin} AND pin_rest_until IS NULL AND pin_wrong + 1 >= ${PIN_TRIES}::int
        THEN clock_timestamp() + ${REST_MS}::float8 * interval '1 millisecond'
      END
    WHERE id = ${deliveryId} AND pin IS NOT NULL AND ended_at IS NULL
      AND (pin_rest_until IS NULL OR pin_rest_until <= clock_timestamp())
    RETURNING pin = ${pin} AS "isRight", pin_wrong AS wrong`
  if (!compared) return await pinState({ prisma }, deliveryId)
  const triesLeft = PIN_TRIES - compared.wrong
  return { isRight: compared.isRight, triesLeft, msLeft: triesLeft === 0 ? REST_MS : 0 }
}

/** How many tries are left, or for how long none is; compares and counts nothing. */
export async function pinState(
  { prisma }: Pick<Database, 'prisma'>,
  deliveryId: string,
): Promise<PinState | null> {
  const [state] = await prisma.$queryRaw<{ wrong: number; msLeft: number }[]>`
    SELECT
      CASE WHEN pin_rest_until <= clock_timestamp() THEN 0 ELSE pin_wrong END AS wrong,
      greatest(0, extract(epoch FROM pin_rest_until - clock_timestamp()) * 1000)::float8 AS "msLeft"
    FROM deliveries WHERE id = ${deliveryId} AND pin IS NOT NULL AND ended_at IS NULL`
  return state ? { isRight: false, triesLeft: PIN_TRIES - state.wrong, msLeft: state.msLeft } : null
}
