'use client'
import { ClipboardPaste } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { useLanguage, useSay } from '#app/_words/use-language.tsx'
import { createDeliveryAnswerSchema } from '#contracts/http.ts'
import { COLUMNS, type ReadLine, type ReadOrders, readOrders } from '../state/read-orders.ts'
import { pastedWords, WORDS } from '../words.ts'

type Outcome = { created: number; refused: readonly { line: number; detail: string }[] }

/** Deliveries from lines that are pasted from a file or a spreadsheet, looked through before they are made. */
export function CreateOrders({ token }: { token: string | null }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button className="px-3" onClick={() => setOpen(true)}>
        <ClipboardPaste className="size-4" aria-hidden="true" />
        <span className="hidden sm:inline">{say(WORDS.paste)}</span>
        <span className="sr-only sm:hidden">{say(WORDS.paste)}</span>
      </Button>
      {isOpen && <PasteDialog token={token} onClose={() => setOpen(false)} />}
    </>
  )
}

function PasteDialog({ token, onClose }: { token: string | null; onClose: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const read = useMemo(() => readOrders(text, Date.now()), [text])
  const orders = read.lines.flatMap((each) => ('order' in each ? [each] : []))

  // Closing it gives the focus back to the button that was pressed.
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  async function create() {
    setBusy(true)
    const refused: { line: number; detail: string }[] = []
    for (const { line, order } of orders) {
      const answer = await callApi(createDeliveryAnswerSchema, '/api/deliveries', {
        method: 'POST',
        body: order,
        ...(token !== null && { token }),
      })
      if (!answer.ok) refused.push({ line, detail: answer.detail })
    }
    setOutcome({ created: orders.length - refused.length, refused })
    // What was refused stays, to be put right; an order with a number may be sent again.
    setText(refused.length === 0 ? '' : read.only(refused.map(({ line }) => line)))
    setBusy(false)
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-auto max-h-[92dvh] w-[min(100vw-1rem,52rem)] overflow-y-auto rounded-3xl bg-surface p-5 text-ink shadow-float backdrop:bg-black/50"
    >
      <h2 id={id} className="text-xl font-bold tracking-tight">
        {say(WORDS.paste)}
      </h2>
      <p className="mt-1.5 text-[15px] text-pretty text-muted">{say(WORDS.pasteHow)}</p>
      <p className="mt-2 rounded-xl bg-canvas px-3 py-2 font-mono text-[13px] wrap-anywhere">
        {Object.keys(COLUMNS).join(', ')}
      </p>
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
      <div role="status" className="mt-3 grid gap-1 text-[15px] font-medium empty:hidden">
        {outcome && <p>{pastedWords.created(outcome.created, language)}</p>}
        {outcome?.refused.map(({ line, detail }) => (
          <p
            key={line}
            className="text-danger-soft-ink"
          >{`${pastedWords.line(line, language)}: ${detail}`}</p>
        ))}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="accent" inactive={isBusy || orders.length === 0} onClick={create}>
          {pastedWords.create(orders.length, language)}
        </Button>
        <Button onClick={onClose}>{say(WORDS.close)}</Button>
      </div>
    </dialog>
  )
}

function Preview({ read: { lines, missing, tooMany }, isEmpty }: { read: ReadOrders; isEmpty: boolean }) {
  const say = useSay()
  const { language } = useLanguage()
  if (isEmpty) return null
  if (missing.length > 0)
    return (
      <p
        role="alert"
        className="mt-3 rounded-xl bg-warn-soft px-3 py-2 text-[15px] font-medium text-warn-soft-ink"
      >
        {`${say(WORDS.pasteMissing)}: ${missing.join(', ')}`}
      </p>
    )
  return (
    <>
      {tooMany && (
        <p className="mt-3 text-[15px] font-medium text-danger-soft-ink">{say(WORDS.pasteTooMany)}</p>
      )}
      <ul
        aria-label={say(WORDS.pastePreview)}
        className="mt-3 grid gap-1.5 text-[15px]"
        data-testid="preview"
      >
        {[...lines].sort(faultyFirst).map((each) => (
          <li
            key={each.line}
            className={`rounded-xl px-3 py-2 ${'faults' in each ? 'bg-danger-soft text-danger-soft-ink' : 'bg-canvas'}`}
          >
            <span className="block font-medium">{`${pastedWords.line(each.line, language)}: ${each.what}`}</span>
            {'faults' in each &&
              each.faults.map(({ column, message }) => (
                <span key={column} className="block text-sm">{`${column}: ${message}`}</span>
              ))}
          </li>
        ))}
      </ul>
    </>
  )
}

const faultyFirst = (a: ReadLine, b: ReadLine) =>
  Number('order' in a) - Number('order' in b) || a.line - b.line
