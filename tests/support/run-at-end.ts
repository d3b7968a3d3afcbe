import { afterAll } from 'vitest'
import { runTeardowns } from './at-end.ts'

afterAll(runTeardowns)
