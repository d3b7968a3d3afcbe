import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const server = join(import.meta.dirname, '../../../server')

/** Names of events as the server's source writes them: `'delivery:location'`, `'dispatch:gone'`. */
export function socketWordsOfTheServer(): string[] {
  const files = ['push', 'inside'].flatMap((room) =>
    readdirSync(join(server, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  )
  const named = files.flatMap((source) =>
    [...source.matchAll(/'((?:delivery|dispatch|tracking):[a-z-]+)'/g)].flatMap(([, word = '']) => word),
  )
  const namespaces = readContracts().flatMap((source) =>
    [...source.matchAll(/export const [A-Z]+_NAMESPACE = '(\/[a-z]+)'/g)].flatMap(([, word = '']) => word),
  )
  return [...new Set([...named, ...namespaces])]
}

function readContracts(): string[] {
  const contracts = join(server, '../contracts')
  return readdirSync(contracts, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(contracts, file), 'utf8'))
}
