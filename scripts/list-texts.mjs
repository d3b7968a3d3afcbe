import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync } from 'oxc-parser'
import { projectRoot } from './project-root.mjs'

/** Every English text that the pages can say: what a further language has to have (docs/languages.md). */
export function listTexts() {
  const sources = ['app', 'contracts', 'server/demo'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(projectRoot, folder, name)),
  )
  const texts = sources.flatMap((path) => textsIn(parseSync(path, readFileSync(path, 'utf8')).program))
  return [...new Set(texts)].sort()
}

/** The `en` of each `{ en, ko }`. What is put together there at run time is none: it needs `{name}`. */
function textsIn(node) {
  if (typeof node !== 'object' || node === null) return []
  const members = node.type === 'ObjectExpression' ? node.properties : []
  const textIn = (language) => members.find(({ key }) => key?.name === language)?.value
  const english = textIn('ko') && textIn('en')
  const found = english?.type === 'Literal' ? [english.value] : []
  return [...found, ...Object.values(node).flatMap(textsIn)]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(
    `import type { FurtherWords } from './language.ts'\n\nexport const words: FurtherWords = ${JSON.stringify(
      Object.fromEntries(listTexts().map((text) => [text, ''])),
      null,
      2,
    )}\n`,
  )
