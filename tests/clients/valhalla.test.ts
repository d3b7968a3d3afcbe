import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { city } from '#demo-city/city.ts'
import { findRoute } from '#demo-city/find-route.ts'
import { toLatLng } from '#demo-city/flat-ground.ts'
import { buildStreetGraph } from '#demo-city/street-graph.ts'
import { routeLengthM } from '#domain/route.ts'
import { SCENARIOS } from '#server/demo/scenarios.ts'
import { createAskRouter } from '#server/routing/ask-router.ts'
import { atEnd } from '../support/at-end.ts'
import { tempDir } from '../support/temp-dir.ts'

const PYTHON = ['.cache/valhalla/bin/python', 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import valhalla, osmium']).status === 0,
)
if (!PYTHON) {
  console.warn(
    'SKIPPED: Valhalla is not installed (with Python 3.12 or later: python3 -m venv .cache/valhalla && .cache/valhalla/bin/pip install pyvalhalla==3.9.1 osmium==4.3.2); [WAY6] was not tested',
  )
}

test.runIf(PYTHON)(
  '[WAY6] Valhalla, on the streets of the demo’s city, plans its ways in OSRM’s format',
  async () => {
    const url = await startValhalla(PYTHON ?? '')
    const ask = createAskRouter(url, pino({ level: 'silent' }))
    for (const { store, destination } of SCENARIOS) {
      const [from, to]: [LatLng, LatLng] = [
        [store.lat, store.lng],
        [destination.lat, destination.lng],
      ]
      const found = await ask(from, to)
      expect(found).not.toBeNull()
      const lengthM = routeLengthM(found?.route ?? [])
      const ownM = routeLengthM(findRoute(from, to, []))
      expect(lengthM / ownM).toBeGreaterThan(0.8)
      expect(lengthM / ownM).toBeLessThan(1.25)
      const paceMps = lengthM / ((found?.durationMs ?? 0) / 1_000)
      expect(paceMps).toBeGreaterThan(2)
      expect(paceMps).toBeLessThan(20)
    }
  },
)

async function startValhalla(python: string): Promise<string> {
  const { nodes, edges } = buildStreetGraph(city().roads.filter(({ kind }) => kind !== 'motorway'))
  const directory = tempDir()
  const graph = join(directory, 'graph.json')
  writeFileSync(
    graph,
    JSON.stringify({
      nodes: nodes.map((node) => toLatLng(node).reverse()),
      edges: edges.map(({ a, b, kind }) => [a, b, kind]),
    }),
  )
  const child = spawn(python, ['tests/clients/support/serve-valhalla.py', graph, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const exited = once(child, 'close')
  atEnd(async () => {
    child.kill()
    await exited
  })
  return await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const url = /Ready on (\S+)\n/.exec(output)?.[1]
      if (url) resolve(url)
    })
    void exited.then(() => reject(new Error(`Valhalla ended. It said:\n${said.slice(-4_000)}`)))
  })
}
