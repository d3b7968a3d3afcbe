import { networkInterfaces } from 'node:os'
import { StepError } from './step-error.mjs'

/**
 * Listens on the network. The port must be known to the other devices, so it cannot be any free one.
 * @param {{ PORT?: string, HOST?: string }} environment
 */
export function lanSettings({ PORT, HOST }) {
  if (PORT === '0') throw new StepError('--lan needs a port of its own: PORT=0 takes any free one.')
  if (HOST) throw new StepError('--lan listens on the whole network: leave HOST out, or --lan.')
  return { HOST: '0.0.0.0', PORT: PORT || '3000' }
}

/** The addresses that other devices of the network may know this one by, IPv4 of networks at home and at work first. */
export function lanAddresses(interfaces = networkInterfaces()) {
  const all = Object.values(interfaces)
    .flat()
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  const isPrivate = (address) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)
  return [...all.filter(isPrivate), ...all.filter((address) => !isPrivate(address))]
}

/** Prints where the demo is, for a phone to scan, and what that opens. */
export async function announceLan(port, addresses = lanAddresses(), print = console.log) {
  const [first, ...others] = addresses.map((address) => `http://${address}:${port}`)
  if (first === undefined)
    return void print('\nThis machine has no address in a network: nobody else reaches the demo.\n')
  // Not at the top: this file is also loaded by the command that installs the packages.
  const { renderUnicodeCompact } = await import('uqr')
  print(`
${renderUnicodeCompact(first)}

Open ${first} on another device of this network, or scan the code.${others.length > 0 ? `\nAlso known as ${others.join(', ')}.` : ''}

What this opens: everybody in this network reaches the demo. Without accounts all of them may create deliveries, see those
that run, and pull the levers of /inside; do not do it in a network of strangers. Over plain http nothing is encrypted,
and phones refuse their GPS: a rider's page rides simulated there. For real positions put it behind https.
`)
}
