import { parse, unparse } from 'papaparse'
import { type CreateDeliveryBody, createDeliveryBodySchema } from '#contracts/order.ts'
import { ADDRESS_COLUMNS, type Fault, fillAddresses, type KnownPlaces } from './fill-addresses.ts'

/** A column of the table, and the member of the order that it fills. */
export const COLUMNS = {
  number: 'externalId',
  store: 'store.name',
  storeLat: 'store.lat',
  storeLng: 'store.lng',
  storePhone: 'store.phone',
  destination: 'destination.name',
  lat: 'destination.lat',
  lng: 'destination.lng',
  rider: 'rider.name',
  riderPhone: 'rider.phone',
  customer: 'customer.name',
  customerPhone: 'customer.phone',
  promised: 'promisedAtMs',
  note: 'note',
  pin: 'pin',
} as const
export type Column = keyof typeof COLUMNS
const NEEDED: readonly Column[] = ['store', 'storeLat', 'storeLng', 'destination', 'lat', 'lng']
const NUMBERS: readonly string[] = ['store.lat', 'store.lng', 'destination.lat', 'destination.lng']
const YES: readonly string[] = ['yes', 'true', '1', '예', 'y']
const NO: readonly string[] = ['no', 'false', '0', '아니요', 'n']
/** What zod finds it says in English. */
const WRONG = '값이 올바르지 않아요.'
/** The header is the first. */
const FIRST_LINE = 2
/** As many as a person looks through. */
const MOST_LINES = 500

/** `line` counts from 1, the header included, as editors and spreadsheets do. */
export type ReadLine =
  | { line: number; order: CreateDeliveryBody; what: string; found?: readonly string[] }
  | { line: number; lookUp: readonly string[]; what: string }
  | { line: number; faults: readonly Fault[]; what: string }
export type ReadOrders = {
  lines: readonly ReadLine[]
  missing: readonly Column[]
  tooMany: boolean
  /** The text with the header and these lines alone. */
  only(lines: readonly number[]): string
}

/**
 * Lines as they are pasted from a file or a spreadsheet: commas, semicolons or tabs, under a line with the columns' names.
 * `places` is what is known of addresses; null where none can be looked up.
 */
export function readOrders(text: string, nowMs: number, places: KnownPlaces | null = null): ReadOrders {
  const { data, meta } = parse<Record<string, string>>(text.trim(), {
    header: true,
    transformHeader: (name) => columnNamed(name),
  })
  const fields = meta.fields ?? []
  const filled: readonly string[] =
    places === null
      ? []
      : Object.entries(ADDRESS_COLUMNS).flatMap(([column, fills]) =>
          fields.includes(column) ? Object.values(fills) : [],
        )
  const missing = NEEDED.filter((column) => !fields.includes(column) && !filled.includes(column))
  const only = (lines: readonly number[]) =>
    unparse({
      fields,
      data: lines.map((line) => fields.map((field) => data[line - FIRST_LINE]?.[field] ?? '')),
    })
  if (missing.length > 0) return { lines: [], missing, tooMany: false, only }
  const lines = data.flatMap((row, index) =>
    isEmpty(row) ? [] : [readLine(row, index + FIRST_LINE, nowMs, places)],
  )
  return { lines: lines.slice(0, MOST_LINES), missing, tooMany: lines.length > MOST_LINES, only }
}

const isEmpty = (row: Record<string, string>) =>
  Object.values(row).every((value) => typeof value !== 'string' || value.trim() === '')

/** Whatever its case and its blanks: `Store Lat` is `storeLat`. */
function columnNamed(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return (
    [...Object.keys(COLUMNS), ...Object.keys(ADDRESS_COLUMNS)].find(
      (column) => column.toLowerCase() === plain,
    ) ?? name
  )
}

function readLine(
  given: Record<string, string>,
  line: number,
  nowMs: number,
  places: KnownPlaces | null,
): ReadLine {
  const { row, open, faults, found } =
    places === null ? { ...NO_ADDRESSES, row: given } : fillAddresses(given, places)
  const what = [row.store, row.destination].filter(Boolean).join(' → ')
  if (faults.length > 0) return { line, what, faults }
  if (open.length > 0) return { line, what, lookUp: open }
  const read = readOrder(row, nowMs)
  return 'order' in read
    ? { line, what, ...(found.length > 0 && { found }), ...read }
    : { line, what, ...read }
}
const NO_ADDRESSES = { open: [], faults: [], found: [] }

/** A row of the table, or the fields of the form, by the names of the columns; what is empty is left out. */
export function readOrder(
  row: Partial<Record<string, string>>,
  nowMs: number,
): { order: CreateDeliveryBody } | { faults: readonly Fault[] } {
  const order: Record<string, unknown> = {}
  for (const [column, path] of Object.entries(COLUMNS)) {
    const value = row[column]?.trim()
    if (value === undefined || value === '') continue
    const [member = '', part] = path.split('.')
    const read = NUMBERS.includes(path)
      ? Number(value)
      : path === 'promisedAtMs'
        ? timeOf(value, nowMs)
        : path === 'pin'
          ? yesOrNo(value)
          : value
    if (part === undefined) order[member] = read
    else order[member] = { ...(order[member] as object | undefined), [part]: read }
  }
  const parsed = createDeliveryBodySchema.safeParse(order)
  if (parsed.success) return { order: parsed.data }
  const { issues } = parsed.error
  return {
    faults: issues.map(({ path, message }) => ({
      column: columnOf(path.join('.')),
      message: { en: message, ko: WRONG },
    })),
  }
}

export const columnOf = (path: string): string =>
  Object.entries(COLUMNS).find(([, each]) => each === path)?.[0] ?? path

/** Undecided, which no order takes, for anything else. */
function yesOrNo(value: string): boolean | string {
  const word = value.toLowerCase()
  return YES.includes(word) ? true : NO.includes(word) ? false : value
}

/** `18:30` is the next such time of the day; else a date with its time (ISO 8601). NaN, which no order takes, for anything else. */
function timeOf(value: string, nowMs: number): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(value) ?? []
  if (hours === undefined || minutes === undefined) return Date.parse(value)
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN
  const today = new Date(nowMs)
  const atMs = today.setHours(Number(hours), Number(minutes), 0, 0)
  if (atMs >= nowMs) return atMs
  return today.setDate(today.getDate() + 1)
}
