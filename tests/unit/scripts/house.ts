import { readFileSync } from 'node:fs'
import { z } from 'zod'

const rulesSchema = z.object({
  overrides: z.array(
    z.object({
      includes: z.array(z.string()),
      linter: z.object({
        rules: z.object({
          style: z.object({
            noRestrictedImports: z
              .object({ options: z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) }) })
              .optional(),
          }),
        }),
      }),
    }),
  ),
})

/** A room of the house, and the other rooms that its rule allows it to import. */
export type Room = { name: string; mayImport: string[] }

/** The rooms in the order of their rules: `server/push`, `app/_map`, `contracts`. */
export function roomsOf(rulesFile: string): Room[] {
  const text = readFileSync(rulesFile, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
  const rooms = new Map<string, Set<string>>()
  for (const { includes, linter } of rulesSchema.parse(JSON.parse(text)).overrides) {
    const allowed = linter.rules.style.noRestrictedImports?.options.patterns.flatMap(({ group }) => group)
    if (!allowed) continue
    for (const name of includes.flatMap(roomOf)) {
      const targets = rooms.get(name) ?? new Set()
      for (const target of allowed.flatMap((pattern) => targetOf(name, pattern)))
        if (target !== name) targets.add(target)
      rooms.set(name, targets)
    }
  }
  return [...rooms].map(([name, targets]) => ({
    name,
    mayImport: [...targets].filter((target) => rooms.has(target)),
  }))
}

/** A folder inside a room has a rule of its own and is drawn as the room; a single file is not drawn. */
function roomOf(include: string): string[] {
  return include.match(/^((?:server|app|packages)\/(?!\*)\w[\w-]*|contracts|domain)\/.*\*/)?.slice(1) ?? []
}

function targetOf(from: string, pattern: string): string[] {
  const beside = pattern.match(/^!(?:\.\.\/)+([a-z]\w*)\/\*\*$/)?.[1]
  if (beside) return beside === 'generated' ? [] : [`${from.split('/')[0]}/${beside}`]
  const ofPackage = pattern.match(/^!#(demo-city|embedded-kafka)\//)?.[1]
  if (ofPackage) return [`packages/${ofPackage}`]
  return pattern.match(/^!#(app\/_\w+|contracts|domain|server\/\w+)\//)?.slice(1) ?? []
}

/** Lines of a Mermaid flow chart. An arrow that a chain of others implies is left out. */
export function drawRooms(rooms: Room[]): string[] {
  const drawn = new Map(rooms.map(({ name, mayImport }) => [name, mayImport]))
  const reaches = (from: string, to: string): boolean =>
    (drawn.get(from) ?? []).some((next) => next === to || reaches(next, to))
  return rooms.flatMap(({ name, mayImport }) =>
    mayImport
      .filter((target) => !mayImport.some((other) => other !== target && reaches(other, target)))
      .map((target) => `  ${name} --> ${target}`),
  )
}
