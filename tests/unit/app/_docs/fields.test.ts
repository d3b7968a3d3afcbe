import { expect, it } from 'vitest'
import { z } from 'zod'
import { fieldsOf, type JsonSchema } from '#app/_docs/fields.ts'
import { problemsInKorean } from '#app/_docs/words.ts'
import { PROBLEMS } from '#contracts/problem.ts'

const read = (schema: z.ZodType) =>
  fieldsOf(z.toJSONSchema(schema) as JsonSchema).map(
    ({ path, depth, type, optional }) =>
      `${depth} ${path}${optional ? '?' : ''}: ${type.map((word) => (typeof word === 'string' ? word : word.shape)).join('')}`,
  )

it('[DOC3] a shape is told member by member, with what each may be', () => {
  const schema = z.object({
    seq: z.number().int().min(1).max(9),
    role: z.enum(['rider', 'customer']).optional(),
    at: z.tuple([z.number(), z.string()]).nullable(),
    id: z.string().regex(/^[a-z]{3}$/),
    name: z.string().min(1).max(200),
    v: z.literal(1),
    anything: z.unknown().optional(),
    points: z.array(z.object({ lat: z.number() })).max(100),
    numbers: z.array(z.number().int().min(1)),
    rider: z.object({ name: z.string() }).nullable(),
  })
  expect(read(schema)).toEqual([
    '0 seq: integer 1…9',
    '0 role?: "rider" | "customer"',
    '0 at: [number, string] | null',
    '0 id: string /^[a-z]{3}$/',
    '0 name: string 1…200',
    '0 v: 1',
    '0 anything?: any',
    '0 points: object[] ≤ 100',
    '1 points.lat: number',
    '0 numbers: (integer ≥ 1)[]',
    '0 rider: object | null',
    '1 rider.name: string',
  ])
})

it('[DOC3] a named shape is told once, and pointed to', () => {
  expect(fieldsOf({ properties: { eta: { $ref: '#/components/schemas/Eta' } }, required: ['eta'] })).toEqual([
    { path: 'eta', name: 'eta', depth: 0, type: [{ shape: 'Eta' }], optional: false },
  ])
})

it('[DOC3] each problem has its title in Korean', () => {
  expect(Object.keys(PROBLEMS).filter((code) => !(code in problemsInKorean))).toEqual([])
})
