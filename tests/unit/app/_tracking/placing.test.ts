import { expect, it } from 'vitest'
import { createPlacing } from '#app/_tracking/receiving/placing.ts'

const sent = (at: string) => Object.assign(new Error('elsewhere'), { data: { code: 'elsewhere', at } })
const USUAL = '/socket.io/'

it('[AFF4] the page goes where it is sent, once, and stays there; after a loss it asks anew', () => {
  const placing = createPlacing()
  expect([placing.path(), placing.auth()]).toEqual([USUAL, { placing: 'send' }])
  expect(placing.isSent(sent('10.0.0.5:3000'))).toBe(true)
  expect([placing.path(), placing.auth()]).toEqual(['/at/10.0.0.5:3000/socket.io/', { placing: 'stay' }])
  // Sent on from there, it would go in circles.
  expect(placing.isSent(sent('10.0.0.6:3000'))).toBe(false)
  expect([placing.path(), placing.auth()]).toEqual([USUAL, { placing: 'stay' }])
  placing.onLost()
  expect([placing.path(), placing.auth()]).toEqual([USUAL, { placing: 'send' }])
})

it('[AFF4] where it cannot get to, it is served by whichever instance it asks next', () => {
  const placing = createPlacing()
  placing.isSent(sent('10.0.0.5:3000'))
  expect(placing.isSent(new Error('websocket error'))).toBe(false)
  expect([placing.path(), placing.auth()]).toEqual([USUAL, { placing: 'stay' }])
})

it('[AFF4] what is no host and port is no place to go to', () => {
  const placing = createPlacing()
  expect(placing.isSent(sent('elsewhere.example/x?'))).toBe(false)
  expect(placing.path()).toBe(USUAL)
})
