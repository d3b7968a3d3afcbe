import { inject } from 'vitest'
import { APP_POSTGRES } from './app-database.ts'

/** Set-up of a run whose apps share one PostgreSQL, which is quicker than one for each. */
process.env[APP_POSTGRES] = inject('postgresUrl')
