import type { Database } from './database.ts'

/** The ids of deliveries that have not ended, newest first. */
export async function listRunningIds({ prisma }: Database, limit: number): Promise<string[]> {
  const rows = await prisma.delivery.findMany({
    where: { endedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
