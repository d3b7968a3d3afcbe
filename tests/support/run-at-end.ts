import { afterAll } from 'vitest'
import { runTeardowns } from './at-end.ts'

// Vitest reads a function's first parameter as fixtures.
afterAll(() => runTeardowns())
