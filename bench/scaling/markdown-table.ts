/** The first column is text, the others are figures. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(header),
    `|${header.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`,
    ...rows.map(line),
  ].join('\n')
}

/** Thousands by commas, whatever the machine's language. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US')

/** Two figures that count: nobody should read more into it. */
export function rough(value: number): string {
  if (value >= 100) return count(Number(value.toPrecision(2)))
  return String(Number(value.toPrecision(2)))
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`
