'use client'
import { Plus, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useId, useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { Place } from '#contracts/place.ts'
import { WORDS } from '../words.ts'
import { PasteOrders } from './paste-orders.tsx'

const OrderByHand = dynamic(() => import('./order-by-hand.tsx').then((module) => module.OrderByHand), {
  ssr: false,
})

/** `near`: where the map opens. */
type Props = { tiles: Tiles; near: Place | null }

/** New deliveries: one by one on the map, or many as lines. */
export function CreateOrders(props: Props) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button className="px-3" onClick={() => setOpen(true)} aria-label={say(WORDS.create)}>
        <Plus className="size-4" aria-hidden="true" />
        <span className="hidden sm:inline">{say(WORDS.create)}</span>
      </Button>
      {isOpen && <CreateDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

const [BY_HAND, PASTED] = [0, 1]

function CreateDialog({ tiles, near, onClose }: Props & { onClose: () => void }) {
  const say = useSay()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [way, setWay] = useState(BY_HAND)

  // Closing it gives the focus back to the button that was pressed.
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-auto max-h-[96dvh] w-[min(100vw-1rem,68rem)] max-w-none overflow-y-auto rounded-3xl bg-surface p-4 text-ink shadow-float backdrop:bg-black/50 sm:p-5"
    >
      <div className="flex items-center gap-3">
        <h2 id={id} className="min-w-0 flex-1 text-xl font-bold tracking-tight">
          {say(WORDS.create)}
        </h2>
        <button
          type="button"
          aria-label={say(WORDS.close)}
          onClick={onClose}
          className="grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
        >
          <X className="size-5" aria-hidden="true" />
        </button>
      </div>
      <div className="mt-2 max-w-md">
        <Choice
          legend={say(WORDS.createHow)}
          options={[
            { value: BY_HAND, label: say(WORDS.onMap) },
            { value: PASTED, label: say(WORDS.byLines) },
          ]}
          value={way}
          onChange={setWay}
        />
      </div>
      {/* Both stay, so that nothing typed is lost by a look at the other. */}
      <div hidden={way !== BY_HAND}>
        <OrderByHand tiles={tiles} near={near} />
      </div>
      <div hidden={way !== PASTED} className="max-w-3xl">
        <PasteOrders />
      </div>
    </dialog>
  )
}
