import { freshDatabase } from './postgres.ts'

/** Set by on-postgres.ts: the apps of this run keep their data in the PostgreSQL there. */
export const APP_POSTGRES = 'TEST_APP_POSTGRES'

const urls = new Map<string, string>()

/** The app's database settings: none for the embedded one; in a shared one a database for each data directory. */
export async function appDatabase(dataDir: string): Promise<Record<string, string>> {
  const server = process.env[APP_POSTGRES]
  if (!server) return {}
  const url = urls.get(dataDir) ?? (await freshDatabase(server)).url
  urls.set(dataDir, url)
  return { DATABASE_URL: url }
}
