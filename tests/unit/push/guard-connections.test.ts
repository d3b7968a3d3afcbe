import { EventEmitter } from 'node:events'
import type { Server } from 'socket.io'
import { expect, it } from 'vitest'
import { guardConnections } from '#server/push/guard-connections.ts'

/** As much of Engine.IO's connection as the guard looks at. */
function guardedConnection() {
  const engine = new EventEmitter()
  guardConnections({ engine } as unknown as Server)
  let closed = false
  const corked: string[] = []
  const socket = { cork: () => corked.push('cork'), uncork: () => corked.push('uncork') }
  const connection = Object.assign(new EventEmitter(), {
    request: { socket },
    close() {
      closed = true
    },
  })
  engine.emit('connection', connection)
  return {
    times(count: number, event: string, packet?: unknown) {
      for (let time = 0; time < count; time++) connection.emit(event, packet)
    },
    closed: () => closed,
    corked,
  }
}

it('[GW27] who does not read is cut off when 2,000 messages wait', () => {
  const connection = guardedConnection()
  connection.times(2_000, 'packetCreate')
  expect(connection.closed()).toBe(false)
  connection.times(1, 'packetCreate')
  expect(connection.closed()).toBe(true)
})

it('[GW27] who reads may be sent any number', () => {
  const connection = guardedConnection()
  for (let round = 0; round < 10; round++) {
    connection.times(1_500, 'packetCreate')
    connection.times(1, 'flush', ['one'])
  }
  expect(connection.closed()).toBe(false)
})

it('[GW13] heartbeats are no talk', () => {
  const connection = guardedConnection()
  connection.times(1_000, 'packet', { type: 'pong' })
  connection.times(20, 'packet', { type: 'message' })
  expect(connection.closed()).toBe(false)
  connection.times(1, 'packet', { type: 'message' })
  expect(connection.closed()).toBe(true)
})

it('[SOCK16] several messages at once leave in one piece', async () => {
  const connection = guardedConnection()
  connection.times(1, 'flush', ['one'])
  expect(connection.corked).toEqual([])
  connection.times(1, 'flush', ['one', 'two'])
  expect(connection.corked).toEqual(['cork'])
  await new Promise(setImmediate)
  expect(connection.corked).toEqual(['cork', 'uncork'])
})
