/** As much of JSON Schema as the documents use. */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | JsonSchema[]
  prefixItems?: JsonSchema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

/** One member of a shape; those inside it follow, one deeper. */
export type Field = { path: string; name: string; depth: number; type: TypeWord[]; optional: boolean }
/** A piece of a type: plain, or the name of a shape that stands on the page. */
export type TypeWord = string | { shape: string }

/** What ends an epoch time or any whole number is no limit to tell: see contracts/time.ts. */
const NO_LIMIT = 8.64e15

export function fieldsOf(schema: JsonSchema, depth = 0, at = ''): Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`
    const field = { path, name, depth, type: typeOf(member), optional: !required.includes(name) }
    return [field, ...insideOf(member).flatMap((inner) => fieldsOf(inner, depth + 1, path))]
  })
}

/** The shapes whose members stand below this member: its own, or those of what it is a list of. */
function insideOf(schema: JsonSchema): JsonSchema[] {
  const { properties, items, anyOf } = schema
  if (properties) return [schema]
  if (anyOf) return anyOf.flatMap(insideOf)
  return items && !Array.isArray(items) ? insideOf(items) : []
}

export function typeOf(schema: JsonSchema): TypeWord[] {
  const { $ref, const: only, enum: some, anyOf, oneOf, items, prefixItems, type } = schema
  if ($ref) return [{ shape: $ref.split('/').at(-1) ?? '' }]
  if (only !== undefined) return [JSON.stringify(only)]
  if (some) return [some.map((each) => JSON.stringify(each)).join(' | ')]
  const choices = anyOf ?? oneOf
  if (choices) return between(choices.map(typeOf), ' | ')
  const tuple = prefixItems ?? (Array.isArray(items) ? items : undefined)
  if (tuple) return ['[', ...between(tuple.map(typeOf), ', '), ']']
  if (items && !Array.isArray(items)) return listOf(typeOf(items), range(schema.minItems, schema.maxItems))
  if (type === 'integer' || type === 'number') return [type + range(schema.minimum, schema.maximum)]
  if (type === 'string' && schema.pattern) return [`string /${schema.pattern}/`]
  if (type === 'string') return [`string${range(schema.minLength, schema.maxLength)}`]
  return [typeof type === 'string' ? type : 'any']
}

function listOf(each: TypeWord[], howMany: string): TypeWord[] {
  const isOneWord = each.every((word) => typeof word !== 'string' || !word.includes(' '))
  return isOneWord ? [...each, `[]${howMany}`] : ['(', ...each, `)[]${howMany}`]
}

function between(lists: TypeWord[][], separator: string): TypeWord[] {
  return lists.flatMap((list, index) => (index === 0 ? list : [separator, ...list]))
}

function range(least = -Infinity, most = Infinity): string {
  const [low, high] = [least > -NO_LIMIT, most < NO_LIMIT]
  if (low && high) return ` ${least}…${most}`
  return low ? ` ≥ ${least}` : high ? ` ≤ ${most}` : ''
}
