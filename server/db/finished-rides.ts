import { z } from 'zod'
import { type EtaError, etaErrorSchema } from '#contracts/eta-error.ts'
import type { JudgedRide } from '#domain/judge-ride.ts'
import { type FinishedRide, RIDES_THAT_COUNT } from '#domain/usual-rides.ts'
import type { Database } from './database.ts'

/** Returns false when the ride is stored already: of several instances that try, one stores it. */
export async function insertFinishedRide(
  { prisma }: Database,
  deliveryId: string,
  endedAtMs: number,
  ride: JudgedRide,
): Promise<boolean> {
  const { count } = await prisma.finishedRide.createMany({
    data: [{ ...ride, deliveryId, endedAt: new Date(endedAtMs), tookMs: Math.round(ride.tookMs) }],
    skipDuplicates: true,
  })
  return count === 1
}

/** Those that count for what is usual, newest first. */
export async function listFinishedRides({ prisma }: Database): Promise<FinishedRide[]> {
  return await prisma.finishedRide.findMany({
    select: { paceMps: true, rangeNeed: true },
    orderBy: { endedAt: 'desc' },
    take: RIDES_THAT_COUNT,
  })
}

const errorsSchema = z.array(etaErrorSchema)

/** How true the arrival of the last ride was; null before the first one. */
export async function lastFinishedRide({
  prisma,
}: Database): Promise<{ endedAtMs: number; heldShare: number; errors: EtaError[] } | null> {
  const row = await prisma.finishedRide.findFirst({ orderBy: { endedAt: 'desc' } })
  return (
    row && {
      endedAtMs: row.endedAt.getTime(),
      heldShare: row.heldShare,
      errors: errorsSchema.parse(row.errors),
    }
  )
}
