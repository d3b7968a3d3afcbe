import type { Database } from './database.ts'

export type Takeover = {
  deliveryId: string
  deviceId: string
  atMs: number
  requestId?: string | undefined
}

/**
 * Lets this device ride and puts that into the outbox, in one statement; returns which takeover of the delivery it is.
 * Returns null when nothing has changed: the device rides already, the delivery has ended, or there is no such delivery.
 */
export async function takeOver({ prisma }: Database, takeover: Takeover): Promise<number | null> {
  const { deliveryId, deviceId, requestId = null } = takeover
  const at = new Date(takeover.atMs)
  const [taken] = await prisma.$queryRaw<{ takeover: number }[]>`
    WITH taken AS (
      UPDATE deliveries
      SET riding_device = ${deviceId}, device_takeovers = device_takeovers + 1
      WHERE id = ${deliveryId} AND ended_at IS NULL AND riding_device IS DISTINCT FROM ${deviceId}
      RETURNING id, device_takeovers
    )
    INSERT INTO device_outbox (delivery_id, device_id, takeover, at, request_id)
    SELECT id, ${deviceId}, device_takeovers, ${at}::timestamptz, ${requestId} FROM taken
    RETURNING takeover`
  return taken?.takeover ?? null
}
