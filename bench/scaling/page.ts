import { renderComputed } from './computed-tables.ts'
import { readMeasured } from './measured-table.ts'

/** What stands between the markers of one name. */
const between = (name: string) => new RegExp(`(<!-- ${name} -->\n)([\\s\\S]*?)(<!-- /${name} -->)`)

/**
 * docs/scaling.md with its computed tables made anew from the measured one that it has, or is given.
 * @throws Error when a table has no place in the page, or the page has no figure for one
 */
export function withTables(page: string, measured = textBetween(page, 'measured')): string {
  const tables = { measured, ...renderComputed(readMeasured(measured)) }
  return Object.entries(tables).reduce((text, [name, table]) => {
    if (!between(name).test(text)) throw new Error(`docs/scaling.md has no place for "${name}"`)
    return text.replace(
      between(name),
      (_, begin: string, _old, end: string) => `${begin}\n${table}\n\n${end}`,
    )
  }, page)
}

function textBetween(page: string, name: string): string {
  return (between(name).exec(page)?.[2] ?? '').trim()
}
