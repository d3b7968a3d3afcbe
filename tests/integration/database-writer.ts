import pino from 'pino'
import { insertLocations } from '#server/db/locations.ts'
import { migrate } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { newDelivery, newLocation, storeDelivery } from '../support/database.ts'

// A process of its own for the tests of the embedded database: writes locations one after the other until it is killed, and
// says each seq once its row is committed. Its log, and what keeps it from starting, are on stderr.
const [dataDir, deliveryId] = process.argv.slice(2)
if (!dataDir || !deliveryId) throw new Error('Usage: database-writer.ts DATA_DIR DELIVERY_ID')
const logger = pino(pino.destination(2))
try {
  const db = await openDatabase({ databaseUrl: undefined, dataDir, logger })
  await migrate(db, { logger })
  await storeDelivery(db, newDelivery({ id: deliveryId }))
  for (let seq = 1; ; seq++) {
    await insertLocations(db, [newLocation(deliveryId, seq)])
    process.stdout.write(`${seq}\n`)
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
