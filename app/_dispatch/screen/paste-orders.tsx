'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { pause } from '#app/_http/pause.ts'
import { Button } from '#app/_ui/button.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useLanguage, useSay } from '#app/_words/use-language.tsx'
import { createDeliveryAnswerSchema, findPlacesAnswerSchema } from '#contracts/http.ts'
import type { Place } from '#contracts/place.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { ADDRESS_COLUMNS, type KnownPlaces } from '../state/fill-addresses.ts'
import { COLUMNS, type ReadLine, type ReadOrders, readOrders } from '../state/read-orders.ts'
import { pastedWords, WORDS } from '../words.ts'

type Outcome = { created: number; refused: readonly { line: number; why: Text }[] }

/** Deliveries from lines that are pasted from a file or a spreadsheet, looked through before they are made. */
export function PasteOrders() {
  const say = useSay()
  const { language } = useLanguage()
  const { geocoder, call } = useDispatcher()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [places, setPlaces] = useState<KnownPlaces>(new Map())
  const [lookUpFailed, setLookUpFailed] = useState(false)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  const read = useMemo(() => readOrders(text, Date.now(), geocoder ? places : null), [text, geocoder, places])
  const toLookUp = [...new Set(read.lines.flatMap((each) => ('lookUp' in each ? each.lookUp : [])))]
  const orders = read.lines.flatMap((each) => ('order' in each ? [each] : []))

  async function lookUp() {
    setBusy(true)
    setLookUpFailed(false)
    for (const address of toLookUp) {
      const place = await findPlace(address)
      if (!isOpen.current) return
      if (place === undefined) {
        setLookUpFailed(true)
        break
      }
      setPlaces((before) => new Map(before).set(address, place))
    }
    setBusy(false)
  }

  /** The likeliest; null when there is none, undefined when it cannot be told. */
  async function findPlace(address: string): Promise<Place | null | undefined> {
    const body = { query: address, language }
    while (isOpen.current) {
      const answer = await call(findPlacesAnswerSchema, '/api/places', { method: 'POST', body })
      if (answer.ok) return answer.value.places[0] ?? null
      if (answer.status !== 429) return undefined
      await pause(answer.retryAfterMs ?? 1_000)
    }
    return undefined
  }

  async function create() {
    setBusy(true)
    const refused: { line: number; why: Text }[] = []
    for (const { line, order } of orders) {
      const answer = await call(createDeliveryAnswerSchema, '/api/deliveries', {
        method: 'POST',
        body: order,
      })
      if (!answer.ok) refused.push({ line, why: problemDetail(answer) })
    }
    setOutcome({ created: orders.length - refused.length, refused })
    // What was refused stays, to be put right; an order with a number may be sent again.
    setText(refused.length === 0 ? '' : read.only(refused.map(({ line }) => line)))
    setBusy(false)
  }

  return (
    <div>
      <p className="mt-1.5 text-body text-pretty text-muted">{say(WORDS.pasteHow)}</p>
      <p className="mt-2 rounded-xl bg-canvas px-3 py-2 font-mono text-note wrap-anywhere">
        {[...Object.keys(COLUMNS), ...(geocoder ? Object.keys(ADDRESS_COLUMNS) : [])].join(', ')}
      </p>
      {geocoder && <p className="mt-2 text-body text-pretty text-muted">{say(WORDS.pasteAddresses)}</p>}
      <label className="mt-3 grid gap-1.5 text-sm font-medium text-muted">
        <span>{say(WORDS.pasteHere)}</span>
        <textarea
          rows={6}
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          className="w-full rounded-xl border border-line bg-canvas p-3 font-mono text-sm whitespace-pre text-ink"
        />
      </label>
      <Preview read={read} isEmpty={text.trim() === ''} />
      <div role="status" className="mt-3 grid gap-1 text-body font-medium empty:hidden">
        {lookUpFailed && <p className="text-danger-soft-ink">{say(WORDS.findAway)}</p>}
        {outcome && <p>{say(pastedWords.created(outcome.created))}</p>}
        {outcome?.refused.map(({ line, why }) => (
          <p key={line} className="text-danger-soft-ink">{`${say(pastedWords.line(line))}: ${say(why)}`}</p>
        ))}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {toLookUp.length > 0 && (
          <Button look="primary" inactive={isBusy} onClick={lookUp}>
            {say(pastedWords.lookUp(toLookUp.length))}
          </Button>
        )}
        <Button look="accent" inactive={isBusy || orders.length === 0} onClick={create}>
          {say(pastedWords.create(orders.length))}
        </Button>
      </div>
    </div>
  )
}

function Preview({ read: { lines, missing, tooMany }, isEmpty }: { read: ReadOrders; isEmpty: boolean }) {
  const say = useSay()
  if (isEmpty) return null
  if (missing.length > 0)
    return (
      <p
        role="alert"
        className="mt-3 rounded-xl bg-warn-soft px-3 py-2 text-body font-medium text-warn-soft-ink"
      >
        {`${say(WORDS.pasteMissing)}: ${missing.join(', ')}`}
      </p>
    )
  return (
    <>
      {tooMany && (
        <p className="mt-3 text-body font-medium text-danger-soft-ink">{say(WORDS.pasteTooMany)}</p>
      )}
      <ul aria-label={say(WORDS.pastePreview)} className="mt-3 grid gap-1.5 text-body" data-testid="preview">
        {[...lines].sort(faultyFirst).map((each) => (
          <li
            key={each.line}
            className={`rounded-xl px-3 py-2 ${'faults' in each ? 'bg-danger-soft text-danger-soft-ink' : 'bg-canvas'}`}
          >
            <span className="block font-medium">{`${say(pastedWords.line(each.line))}: ${each.what}`}</span>
            {'found' in each &&
              each.found?.map((name) => (
                <span key={name} className="block text-sm text-muted">
                  {name}
                </span>
              ))}
            {'faults' in each &&
              each.faults.map(({ column, message }) => (
                <span key={column} className="block text-sm">{`${column}: ${say(message)}`}</span>
              ))}
          </li>
        ))}
      </ul>
    </>
  )
}

const faultyFirst = (a: ReadLine, b: ReadLine) =>
  Number('faults' in b) - Number('faults' in a) || a.line - b.line
