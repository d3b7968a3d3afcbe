import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { tempDir } from '../../support/temp-dir.ts'
import { drawRooms, type Room, roomsOf } from './house.ts'

const root = join(import.meta.dirname, '../../..')
/** What the rules are for. Tests, benches and scripts may import whatever they look at. */
const PRODUCT = [
  'app',
  'contracts',
  'domain',
  'packages/demo-city/src',
  'packages/embedded-kafka/src',
  'server',
]
const CONFIGURATION = [
  // Biome looks there whether this is React.
  'package.json',
  'biome.json',
  'biome.imports.jsonc',
  'scripts/no-hidden-environment.grit',
  'scripts/no-hidden-import.grit',
]

/** Where, what, and by which rule of Biome it is refused. */
const FORBIDDEN: [folder: string, source: string, rule?: string][] = [
  ['contracts', `import '#domain/route.ts'`],
  ['contracts', `import { SignJWT } from 'jose'`],
  ['contracts/inside', `import '../../domain/route.ts'`],
  ['contracts/documents', `import '#server/config.ts'`],
  ['domain', `import { join } from 'node:path'`],
  ['domain', `import type { Config } from '#server/config.ts'`],
  ['domain', `export * from '../server/config.ts'`],
  ['server', `import { openDatabase } from './db/open-database.ts'`],
  ['server/ground', `import type { Config } from '../config.ts'`],
  ['server/db', `import { publish } from '../kafka/publish.ts'`],
  ['server/db/embedded', `import { publish } from '../../kafka/publish.ts'`],
  ['server/access', `import '../gateway/entry.ts'`],
  ['server/kafka', `import '../delivery/services.ts'`],
  ['server/demo', `import '../db/database.ts'`],
  ['server/routing', `import '../db/database.ts'`],
  ['server/delivery', `import '../push/bridge.ts'`],
  ['server/delivery', `import { Server } from 'socket.io'`],
  ['server/history', `import '../delivery/services.ts'`],
  ['server/history', `export type { Consumer } from 'kafkajs'`],
  ['server/notify', `import '../delivery/services.ts'`],
  ['server/webhooks', `import '../delivery/services.ts'`],
  ['server/watch', `import '../webhooks/webhooks.ts'`],
  ['server/push', `import '../db/database.ts'`],
  ['server/push', `import type { Kafka } from 'kafkajs'`],
  ['server/push', `const { Kafka } = await import('kafkajs')`],
  ['server/api', `import '../gateway/entry.ts'`],
  ['server/inside', `import '../gateway/entry.ts'`],
  ['server/inside/faults', `import '../../db/database.ts'`],
  ['server/inside/faults', `import type { Kafka } from 'kafkajs'`],
  ['server/inside/log', `import '../../delivery/services.ts'`],
  ['server/gateway', `import '../delivery/services.ts'`],
  ['server/gateway', `import { PrismaClient } from '../../generated/prisma/client.ts'`],
  ['server/gateway', `import page from '#app/page.tsx'`],
  ['packages/demo-city/src', `import '#contracts/place.ts'`],
  ['packages/demo-city/src/tiles', `import '../../../contracts/place.ts'`],
  ['packages/demo-city/src/tiles', `import L from 'leaflet'`],
  ['packages/embedded-kafka/src', `import { z } from 'zod'`],
  ['packages/embedded-kafka/src/log', `import '#server/config.ts'`],
  ['packages/embedded-kafka/src', `import '../../../server/config.ts'`],
  ['app/_http', `import { useState } from 'react'`],
  ['app/_words', `import '#app/_tracking/index.ts'`],
  ['app/_offline', `import { useState } from 'react'`],
  ['app/_ui', `import '#app/_home/home-page.tsx'`],
  ['app/_map', `import '#app/_rider/index.ts'`],
  ['app/_map', `import uPlot from 'uplot'`],
  ['app/_home', `import '#app/_rider/index.ts'`],
  ['app/_home', `import type { Services } from '#server/delivery/services.ts'`],
  ['app/_docs', `import '#server/api/routes.ts'`],
  ['app/_rider', `import '../_tracking/index.ts'`],
  ['app/_rider/gps', `import '#app/_tracking/index.ts'`],
  ['app/_rider/gps', `import { io } from 'socket.io-client'`],
  ['app/_tracking/state', `import '#app/_rider/index.ts'`],
  ['app/_tracking/state', `import { map } from 'leaflet'`],
  ['app/_dispatch/screen', `import '#app/_tracking/index.ts'`],
  ['app/_dispatch', `import { map } from 'leaflet'`],
  ['app/_inside/log', `import '#app/_rider/ride/rider-session.ts'`],
  ['app/_inside/log', `import '../../_tracking/index.ts'`],
  ['app/rider/[deliveryId]/page.tsx', `import { readConfig } from '#server/config.ts'`],
  ['app/api/deliveries/route.ts', `import { services } from '#server/delivery/services.ts'`],
  ['app/error.tsx', `import { services } from '#server/delivery/services.ts'`],

  ['server/push', `const kafka = require('kafkajs')`, 'lint/style/noCommonJs'],
  ['server/push', `export type K = import('kafkajs').Kafka`, 'plugin'],
  ['server/push', `import './bridge'`, 'lint/correctness/useImportExtensions'],
  ['server/push', `export const port = process.env.PORT`, 'lint/style/noProcessEnv'],
  ['app/_http', `export const { env } = globalThis.process`, 'plugin'],
  ['server/push', `import { env } from 'node:process'`, 'plugin'],
]

const rooms = roomsOf(join(root, 'biome.imports.jsonc'))

const reportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
})
/** The rules that refused something, by file. */
const found = new Map<string, string[]>()

/** A file of its own for each line of the table; a path with a file name stands in for that file. */
const injected = FORBIDDEN.map(([where, source, rule = 'lint/style/noRestrictedImports'], index) => ({
  path: /\.tsx?$/.test(where) ? where : `${where}/injected-${index}.ts`,
  source,
  rule,
}))
const folders = PRODUCT.flatMap(foldersOf)
const lawless = folders.map((folder) => ({ path: `${folder}/lawless.ts`, source: `import 'left-pad'` }))
const circle = [
  { path: 'server/history/circle-a.ts', source: `export type { B } from './circle-b.ts'\nexport type A = 1` },
  { path: 'server/history/circle-b.ts', source: `import type { A } from './circle-a.ts'\nexport type B = A` },
]

beforeAll(async () => {
  const dir = tempDir()
  for (const path of [...PRODUCT, ...CONFIGURATION])
    cpSync(join(root, path), join(dir, path), { recursive: true })
  for (const { path, source } of [...injected, ...lawless, ...circle]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), `${source}\n`)
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.'],
    { cwd: dir, maxBuffer: 64 * 1024 * 1024 },
    // It found what it should have: exit code 1.
  ).catch((failure: { stdout: string }) => failure)
  for (const { category, location } of reportSchema.parse(JSON.parse(stdout)).diagnostics)
    found.set(location.path, [...(found.get(location.path) ?? []), category])
}, 60_000)

describe('[SET5] the import rules', () => {
  it.each(injected)('refuse $source in $path', ({ path, rule }) => {
    expect(found.get(path)).toContain(rule)
  })

  it('refuse a circle, also one of types', () => {
    for (const { path } of circle) expect(found.get(path)).toEqual(['lint/suspicious/noImportCycles'])
  })

  it('leave out no folder', () => {
    const free = lawless.filter(({ path }) => !found.get(path)?.includes('lint/style/noRestrictedImports'))
    expect(free).toEqual([])
  })

  it('find nothing in the product as it is', () => {
    const ours = new Set([...injected, ...lawless, ...circle].map(({ path }) => path))
    expect([...found].filter(([path]) => !ours.has(path))).toEqual([])
  })

  it('let no arrow run up', () => {
    const names = rooms.map(({ name }) => name)
    const up = rooms.flatMap(({ name, mayImport }, floor) =>
      mayImport.filter((target) => names.indexOf(target) >= floor).map((target) => `${name} → ${target}`),
    )
    expect(up).toEqual([])
  })

  // `npx vitest run --project unit tests/unit/scripts -u` draws it anew.
  it('are drawn in docs/house.md', async () => {
    await expect(pageOf(rooms)).toMatchFileSnapshot(join(root, 'docs/house.md'))
  })
})

describe('[SET7] app/', () => {
  it('holds routes, and the features in folders of their own', () => {
    const outside = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && !/[\\/]app[\\/]_/.test(join(entry.parentPath, entry.name)))
      .map(({ name }) => name)
      .filter(
        (name) =>
          !/^(page|layout|error|not-found)\.tsx$|^route\.ts$|^globals\.css$|^manifest\.ts$|^(icon|icon1|apple-icon|opengraph-image)\.(svg|png)$/.test(
            name,
          ),
      )
    expect(outside).toEqual([])
  })
})

function pageOf(rooms: Room[]): string {
  return `# The house

Which room may import which, as [biome.imports.jsonc](../biome.imports.jsonc) has it and \`npm run check\` holds it. An arrow
points to what is imported; one that a chain of others implies is left out. No arrow runs up, and none in a circle.

\`\`\`mermaid
flowchart TD
${drawRooms(rooms).join('\n')}
\`\`\`

The pages reach the server by two doors: a page by \`server/delivery/services.ts\`, a route by \`server/api\`.
\`server/app.ts\` wires all rooms of the server, with \`start-readers.ts\` for the readers of the log; settings, log and metrics beside it may be imported by any of them.
`
}

/** The folders of app/ that hold routes are left out: their few files have rules by their names. */
function foldersOf(part: string): string[] {
  const below = readdirSync(join(root, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
  return part === 'app' ? below.filter((path) => path.startsWith('app/_')) : [part, ...below]
}
