import { afterAll, afterEach } from 'vitest'
import { reading } from './listen-in.ts'
import { notAsTold } from './not-as-told.ts'

/**
 * Set-up of the integration tests: every answer to `fetch`, every event of a socket and every record that topic-reader.ts
 * reads has to be what /openapi.json and /asyncapi.json tell, whatever else a test looks at.
 */
async function failOnAny(): Promise<void> {
  await Promise.all(reading)
  if (notAsTold.length > 0) throw new Error(`Not as the documents tell:\n${notAsTold.splice(0).join('\n')}`)
}
afterEach(failOnAny)
afterAll(failOnAny)
