import { APP_POSTGRES } from '../../support/app-database.ts'
import { APP_KAFKA } from '../../support/app-log.ts'

/** What this run's apps keep their log and their data in, as a folder name. */
export function stackName(): 'embedded' | 'servers' {
  return process.env[APP_KAFKA] || process.env[APP_POSTGRES] ? 'servers' : 'embedded'
}
