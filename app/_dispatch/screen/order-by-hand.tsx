'use client'
import { useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import type { LatLng, Place } from '#contracts/place.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { columnOf, readOrder } from '../state/read-orders.ts'
import { columnWords, WORDS } from '../words.ts'
import { type Fields, NO_FIELDS, OrderFields } from './order-fields.tsx'
import { OrderMade } from './order-made.tsx'
import { type Picked, PickPlaces } from './pick-places.tsx'

/** The demo's city. */
const USUAL: LatLng = [37.5045, 127.0425]
const NOTHING_PICKED: Picked = { store: null, destination: null }

type Made = { answer: CreateDeliveryAnswer; wasThere: boolean }

/** One delivery: its two places on the map, its people in a form, then its links. */
export function OrderByHand({ tiles, near }: { tiles: Tiles; near: Place | null }) {
  const say = useSay()
  const { call } = useDispatcher()
  const [first] = useState<LatLng>(() => (near ? [near.lat, near.lng] : USUAL))
  const [picked, setPicked] = useState(NOTHING_PICKED)
  const [fields, setFields] = useState<Fields>(NO_FIELDS)
  const [isBusy, setBusy] = useState(false)
  const [troubles, setTroubles] = useState<readonly string[]>([])
  const [made, setMade] = useState<Made | null>(null)

  function again() {
    // The next order is of the same shop, most of the time.
    setPicked({ store: picked.store, destination: null })
    setFields({ ...NO_FIELDS, store: fields.store, storePhone: fields.storePhone })
    setTroubles([])
    setMade(null)
  }

  async function create() {
    const { store, destination } = picked
    if (!store || !destination) return setTroubles([say(store ? WORDS.askDoor : WORDS.askStore)])
    const row = {
      ...fields,
      ...{ storeLat: String(store[0]), storeLng: String(store[1]) },
      ...{ lat: String(destination[0]), lng: String(destination[1]) },
    }
    const read = readOrder(row, Date.now())
    if ('faults' in read)
      return setTroubles(
        read.faults.map(({ column, message }) => `${say(columnWords(column))}: ${say(message)}`),
      )
    setBusy(true)
    const answer = await call(createDeliveryAnswerSchema, '/api/deliveries', {
      method: 'POST',
      body: read.order,
    })
    setBusy(false)
    if (answer.ok) return setMade({ answer: answer.value, wasThere: answer.status === 200 })
    const { field, status } = answer
    const said = say(status === null ? WORDS.serverAway : problemDetail(answer))
    setTroubles([field === undefined ? said : `${say(columnWords(columnOf(field)))}: ${said}`])
  }

  if (made) return <OrderMade {...made} onAgain={again} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
      className="mt-4 grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]"
    >
      <PickPlaces
        tiles={tiles}
        first={first}
        picked={picked}
        names={{ store: fields.store, destination: fields.destination }}
        onPicked={(next, kind, place) => {
          setPicked(next)
          // What was typed stays.
          if (place && fields[kind] === '') setFields({ ...fields, [kind]: place.name })
        }}
      />
      <div className="grid content-start gap-4">
        <OrderFields fields={fields} onChange={setFields} />
        <div role="alert" className="grid gap-1 text-body font-medium text-danger-soft-ink empty:hidden">
          {troubles.map((trouble) => (
            <p key={trouble}>{trouble}</p>
          ))}
        </div>
        <div className="sticky -bottom-4 bg-surface pt-2 pb-4 sm:-bottom-5 sm:pb-5">
          <Button look="accent" size="lg" type="submit" disabled={isBusy} className="w-full">
            {say(WORDS.makeIt)}
          </Button>
        </div>
      </div>
    </form>
  )
}
