import type { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { announceLan, lanAddresses, lanSettings } from '../../../scripts/lan.mjs'

const address = (text: string, more = {}) => ({ family: 'IPv4', internal: false, address: text, ...more })

it('[DEMO10] --lan listens on the network, on a port that others can know; what contradicts it is told', () => {
  expect(lanSettings({})).toEqual({ HOST: '0.0.0.0', PORT: '3000' })
  expect(lanSettings({ PORT: '8080' })).toEqual({ HOST: '0.0.0.0', PORT: '8080' })
  expect(() => lanSettings({ PORT: '0' })).toThrow('--lan needs a port')
  expect(() => lanSettings({ HOST: '127.0.0.1' })).toThrow('leave HOST out')
})

it('[DEMO10] The address of the network at home comes first; this machine alone and IPv6 are left out', () => {
  const interfaces = {
    lo: [address('127.0.0.1', { internal: true })],
    vpn: [address('100.64.0.7')],
    wlan: [address('fe80::1', { family: 'IPv6' }), address('192.168.0.12')],
  }
  expect(lanAddresses(interfaces as unknown as ReturnType<typeof networkInterfaces>)).toEqual([
    '192.168.0.12',
    '100.64.0.7',
  ])
})

it('[DEMO10] It prints the address, a code to scan and what that opens', async () => {
  const printed: string[] = []
  await announceLan('3000', ['192.168.0.12', '10.0.0.3'], (text: string) => void printed.push(text))
  const text = printed.join('\n')
  expect(text).toContain('Open http://192.168.0.12:3000 on another device')
  expect(text).toContain('http://10.0.0.3:3000')
  expect(text).toMatch(/[█▀▄]{5}/)
  for (const honest of ['everybody in this network', 'may create deliveries', 'refuse their GPS'])
    expect(text).toContain(honest)
})
