import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { API_ROUTES } from '#server/api/routes.ts'

const app = join(import.meta.dirname, '../../../app')

it('[API8] each path of the API has its route file, which names that very path, and there are no others', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('route.ts'),
  )
  const named = files.map((file) => /nextRoute\(\s*'(.+)'/.exec(readFileSync(join(app, file), 'utf8'))?.[1])
  expect(named).toEqual(files.map((file) => `/${dirname(file)}`))
  expect(named.sort()).toEqual([...API_ROUTES.keys(), '/api/[[...unknown]]'].sort())
})
