'use client'
import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
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
  const [way, setWay] = useState(BY_HAND)
  return (
    <Dialog title={say(WORDS.create)} look="wide" hasCross onClose={onClose}>
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
    </Dialog>
  )
}
