'use client'
import { useId } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import type { Column } from '../state/read-orders.ts'
import { columnWords, WORDS } from '../words.ts'

/** The form is one row of the table that lines are pasted from. */
const COLUMNS = [
  'store',
  'storePhone',
  'destination',
  'customer',
  'customerPhone',
  'rider',
  'riderPhone',
  'promised',
  'number',
  'note',
  'pin',
] as const satisfies readonly Column[]
export type Fields = Record<(typeof COLUMNS)[number], string>
export const NO_FIELDS = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Fields

const NEEDED: readonly Column[] = ['store', 'destination']
const WIDE: readonly Column[] = ['destination', 'note']
/** As the API takes them. */
const MOST: Partial<Record<Column, number>> = { store: 200, destination: 200, note: 1_000 }
const INPUT = 'min-h-11 w-full min-w-0 rounded-xl border border-line bg-canvas px-3 text-base text-ink'

type Props = { fields: Fields; onChange: (fields: Fields) => void }

export function OrderFields({ fields, onChange }: Props) {
  const say = useSay()
  const id = useId()
  const set = (column: keyof Fields, value: string) => onChange({ ...fields, [column]: value })
  return (
    <div className="grid grid-cols-2 gap-3">
      {COLUMNS.map((column) =>
        column === 'pin' ? (
          <label key={column} className="col-span-2 flex min-h-11 items-center gap-3 text-body">
            <input
              type="checkbox"
              checked={fields.pin !== ''}
              onChange={({ target }) => set('pin', target.checked ? 'yes' : '')}
              className="size-5 accent-[var(--accent)]"
            />
            <span>{say(WORDS.wantsPin)}</span>
          </label>
        ) : (
          <div
            key={column}
            className={`grid min-w-0 content-start gap-1 ${WIDE.includes(column) ? 'col-span-2' : ''}`}
          >
            <label htmlFor={`${id}-${column}`} className="text-sm font-medium text-muted">
              {say(columnWords(column))}
            </label>
            {column === 'note' ? (
              <textarea
                id={`${id}-note`}
                rows={2}
                maxLength={MOST.note}
                value={fields.note}
                onChange={({ target }) => set('note', target.value)}
                className={`${INPUT} py-2`}
              />
            ) : (
              <input
                id={`${id}-${column}`}
                type={column === 'promised' ? 'time' : column.endsWith('Phone') ? 'tel' : 'text'}
                autoComplete="off"
                required={NEEDED.includes(column)}
                maxLength={column.endsWith('Phone') ? 32 : (MOST[column] ?? 100)}
                value={fields[column]}
                onChange={({ target }) => set(column, target.value)}
                className={INPUT}
              />
            )}
          </div>
        ),
      )}
    </div>
  )
}
