import { createDelivery } from '#server/db/deliveries.ts'
import { insertLocations } from '#server/db/locations.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { newDelivery, newLocation, silent } from '../support/database.ts'

// A process of its own for database-embedded.test.ts: writes locations one after the other until it is killed, and says
// each seq once its row is committed.
const [dataDir, deliveryId] = process.argv.slice(2)
if (!dataDir || !deliveryId) throw new Error('Usage: database-writer.ts DATA_DIR DELIVERY_ID')
const db = await openDatabase({ databaseUrl: undefined, dataDir, log: silent })
await migrate(db, { log: silent })
await createDelivery(db, newDelivery({ id: deliveryId }))
for (let seq = 1; ; seq++) {
  await insertLocations(db, [newLocation(deliveryId, seq)])
  process.stdout.write(`${seq}\n`)
}
