import { expect, it } from 'vitest'
import { continueTrace, traceIdOf } from '#server/ground/trace-context.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const SHAPE = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

it('[GW28] a caller’s trace is gone on with, as a step of its own', () => {
  const given = `00-${TRACE_ID}-b7ad6b7169203331-01`
  const ours = continueTrace(given) as string
  expect(ours).toMatch(SHAPE)
  expect(traceIdOf(ours)).toBe(TRACE_ID)
  expect(ours.endsWith('-01')).toBe(true)
  expect(ours).not.toBe(given)
})

it.each([
  undefined,
  '',
  'nonsense',
  `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
  `ff-${TRACE_ID}-b7ad6b7169203331-01`,
  `00-${TRACE_ID.toUpperCase()}-b7ad6b7169203331-01`,
])('[GW28] %s is none, and begins none', (header) => {
  expect(continueTrace(header)).toBeUndefined()
  expect(traceIdOf(undefined)).toBeUndefined()
})
