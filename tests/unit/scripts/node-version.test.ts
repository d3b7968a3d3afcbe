import { expect, it } from 'vitest'
import { nodeProblem } from '../../../scripts/node-version.mjs'

it.each(['20.19.0', '20.20.2', '22.12.0', '22.99.1', '24.0.0', '26.1.0'])(
  '[SET2] Node %s is good',
  (version) => {
    expect(nodeProblem(version)).toBeUndefined()
  },
)

it.each(['12.22.12', '18.20.8', '20.18.3', '21.7.0', '22.11.0', '23.5.0'])(
  '[SET2] Node %s is refused in words',
  (version) => {
    expect(nodeProblem(version)).toBe(
      `Rider Live needs Node 20.19+, 22.12+, 24 or newer; you have ${version}. Get a current one from https://nodejs.org`,
    )
  },
)
