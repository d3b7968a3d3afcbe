import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const migrations = join(root, 'prisma/migrations')
const upgrades = readFileSync(join(root, 'docs/backups-and-upgrades.md'), 'utf8')

/**
 * While instances are replaced one after the other, those of the version before go on reading and writing. Returns the
 * statements of a migration that could make them fail: what takes something away, forbids what they write, or lets them
 * read what they do not know. What concerns only what the same migration adds does not.
 */
function breaksOlderInstances(sql: string): string[] {
  const statements = sql
    .replaceAll(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')
  const made = new Set(
    statements.flatMap((statement) => /^CREATE (?:UNLOGGED )?TABLE "(\w+)"/.exec(statement)?.[1] ?? []),
  )
  const added = new Set([...sql.matchAll(/ADD COLUMN\s+"(\w+)"/g)].map(([, column]) => column))
  return statements.flatMap((statement) => {
    if (/^CREATE (SCHEMA|TYPE|INDEX|(UNLOGGED )?TABLE)/.test(statement)) return []
    const unique = /^CREATE UNIQUE INDEX "\w+" ON "(\w+)"\((.+)\)$/.exec(statement)
    if (unique) {
      const [, table = '', columns = ''] = unique
      return made.has(table) || columns.split(', ').some((column) => added.has(column.slice(1, -1)))
        ? []
        : [statement]
    }
    const altered = /^ALTER TABLE "(\w+)" (.+)$/.exec(statement)
    if (!altered) return [statement]
    const [, table = '', actions = ''] = altered
    return made.has(table)
      ? []
      : actions.split(/, (?=(?:ADD|ALTER|DROP|RENAME) )/).filter((action) => !isHarmless(action))
  })
}

function isHarmless(action: string): boolean {
  return /^ADD COLUMN /.test(action) && (!action.includes('NOT NULL') || action.includes('DEFAULT'))
}

/** Why instances of before cannot go on beside it: the release notes in docs/backups-and-upgrades.md say what to do. */
const NEEDS_A_STOP: Record<string, string[]> = {
  '20261129000000_orders': [
    `ALTER TYPE "delivery_status" ADD VALUE 'failed'`,
    'ALTER COLUMN "rider_id" DROP NOT NULL',
    'ALTER COLUMN "customer_id" DROP NOT NULL',
  ],
  '20261129003000_retention': ['DROP COLUMN "people_erased_at"'],
}

const [, ...names] = readdirSync(migrations)
  .filter((name) => /^\d{14}_/.test(name))
  .sort()

it('[BACK4] a migration only adds, so that instances of the version before go on; one that does not is told in the release notes', () => {
  const found = names.flatMap((name) => {
    const breaks = breaksOlderInstances(readFileSync(join(migrations, name, 'migration.sql'), 'utf8'))
    return breaks.length > 0 ? [[name, breaks] as const] : []
  })
  expect(Object.fromEntries(found)).toEqual(NEEDS_A_STOP)
  for (const name of Object.keys(NEEDS_A_STOP)) expect(upgrades).toContain(`\`${name}\``)
})

it.each([
  'DROP TABLE "locations"',
  'ALTER TABLE "deliveries" DROP COLUMN "note"',
  'ALTER TABLE "deliveries" RENAME COLUMN "note" TO "remark"',
  'ALTER TABLE "deliveries" RENAME TO "orders"',
  'ALTER TABLE "deliveries" ADD COLUMN "a" TEXT, ADD COLUMN "b" TEXT NOT NULL',
  'ALTER TABLE "deliveries" ALTER COLUMN "note" SET NOT NULL',
  'ALTER TABLE "deliveries" ALTER COLUMN "note" DROP NOT NULL',
  'ALTER TABLE "deliveries" ALTER COLUMN "note" SET DATA TYPE INTEGER',
  'ALTER TABLE "deliveries" ADD CONSTRAINT "c" CHECK (true)',
  'CREATE UNIQUE INDEX "i" ON "deliveries"("note")',
  `ALTER TYPE "delivery_status" ADD VALUE 'lost'`,
  'UPDATE "deliveries" SET note = NULL',
])('[BACK4] is noticed: %s', (statement) => {
  expect(breaksOlderInstances(`CREATE TABLE "t" ("a" INT);\n-- AlterTable\n${statement};\n`)).toHaveLength(1)
})

it('[BACK4] what concerns only what the same migration makes is not minded', () => {
  const sql = `CREATE TABLE "t" ("a" INT); ALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "s"("id"); CREATE UNIQUE INDEX "i" ON "t"("a");
    ALTER TABLE "s" ADD COLUMN "b" TEXT, ADD COLUMN "c" DECIMAL(3, 1) NOT NULL DEFAULT 1; CREATE UNIQUE INDEX "j" ON "s"("b"); CREATE INDEX "k" ON "s"("c");`
  expect(breaksOlderInstances(sql)).toEqual([])
})
