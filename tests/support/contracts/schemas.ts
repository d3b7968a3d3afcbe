import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { asyncApiDocument } from '#contracts/documents/asyncapi.ts'
import { openApiDocument } from '#contracts/documents/openapi.ts'

type Content = Record<string, object>
export type Operation = {
  responses: Record<string, { headers?: Record<string, object>; content?: Content }>
}

// The documents hold more than schemas.
const OPTIONS = { strict: false, validateSchema: false, allErrors: false } as const
// As they come over the wire.
const openapi = JSON.parse(JSON.stringify(openApiDocument()))
const asyncapi = JSON.parse(JSON.stringify(asyncApiDocument()))

export const paths: Record<string, Record<string, Operation>> = openapi.paths

const readers = {
  openapi: new Ajv2020(OPTIONS).addSchema(openapi, 'openapi'),
  asyncapi: new Ajv(OPTIONS).addSchema(asyncapi, 'asyncapi'),
}
const compiled = new Map<string, ValidateFunction>()

/** What is wrong with the value by the schema at that place of the document; null when nothing is. */
export function faultOf(
  document: 'openapi' | 'asyncapi',
  place: readonly string[],
  value: unknown,
): string | null {
  const pointer = place.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
  const $ref = `${document}#/${pointer.join('/')}`
  const validate = compiled.get($ref) ?? readers[document].compile({ $ref })
  compiled.set($ref, validate)
  if (validate(value)) return null
  const [error] = validate.errors ?? []
  return `${error?.instancePath || 'it'} ${error?.message} ${JSON.stringify(error?.params)}`
}
