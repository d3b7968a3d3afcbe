import { PrismaPg } from '@prisma/adapter-pg'
import { createDeliveryAnswerSchema } from '#contracts/http.ts'
import type { LatLng } from '#contracts/place.ts'
import { createTokens } from '#server/access/tokens.ts'
import { DISPATCH_TOKEN, TOKEN_SECRET } from './product.ts'

export type Seeded = { id: string; riderToken: string; customerToken: string; way: [LatLng, LatLng] }

let seeds = 0

/**
 * Deliveries on their way, all alike: the first is made by the API, and its row copied. What creating one costs is
 * measured elsewhere; here there are to be thousands at once.
 */
export async function seedDeliveries(
  { url, databaseUrl }: { url: string; databaseUrl: string },
  count: number,
): Promise<Seeded[]> {
  const post = async (path: string, body: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return await answer.json()
  }
  const created = createDeliveryAnswerSchema.parse(await post('/api/deliveries', '{}', DISPATCH_TOKEN))
  const { id, route } = created.delivery
  await post(`/api/deliveries/${id}/status`, '{"status":"picked_up"}', created.rider.token)
  const halfWay = route[Math.floor(route.length / 2)]
  if (!route[0] || !halfWay) throw new Error('The delivery has no route')
  const way: [LatLng, LatLng] = [route[0], halfWay]
  seeds += 1
  const prefix = `bench-${process.pid}-${seeds}-`
  await copyRow(databaseUrl, id, prefix, count)
  const tokens = createTokens(TOKEN_SECRET)
  return Array.from({ length: count }, (_, i) => {
    const deliveryId = `${prefix}${i + 1}`
    return {
      id: deliveryId,
      riderToken: tokens.issue({ deliveryId, role: 'rider', version: 1 }),
      customerToken: tokens.issue({ deliveryId, role: 'customer', version: 1 }),
      way,
    }
  })
}

async function copyRow(databaseUrl: string, id: string, prefix: string, count: number): Promise<void> {
  const connection = await new PrismaPg({ connectionString: databaseUrl, max: 1 }).connect()
  try {
    const { rows } = await connection.queryRaw({
      sql: `SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
            WHERE table_name = 'deliveries' AND column_name <> 'id'`,
      args: [],
      argTypes: [],
    })
    const others = String(rows[0]?.[0])
    await connection.executeScript(
      `INSERT INTO deliveries (id, ${others}) SELECT '${prefix}' || n, ${others}
       FROM deliveries, generate_series(1, ${count}) AS n WHERE id = '${id}'`,
    )
  } finally {
    await connection.dispose()
  }
}
