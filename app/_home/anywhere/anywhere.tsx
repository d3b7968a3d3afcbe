'use client'
import { MapPinned, RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { type ApiFailure, callApi } from '#app/_http/call-api.ts'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Card } from '#app/_ui/card.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import type { LatLng } from '#contracts/place.ts'
import { DeliveryLinks } from '../delivery-links.tsx'
import { failedWords } from '../words.ts'
import { TOWNS } from './towns.ts'
import { WORDS } from './words.ts'

const PickMap = dynamic(() => import('#app/_map/pick-map.tsx').then((module) => module.PickMap), {
  ssr: false,
})

type Start = 'idle' | 'busy' | { failed: ApiFailure } | { started: CreateDeliveryAnswer }

/** A delivery between any two places of the world: one click for the store, one for the door. */
export function Anywhere({ tiles }: { tiles: Tiles }) {
  const router = useRouter()
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(TOWNS[0].at)
  const [picked, setPicked] = useState<readonly LatLng[]>([])
  const [names, setNames] = useState({ store: '', door: '' })
  const [start, setStart] = useState<Start>('idle')
  const middle = useRef<(() => void) | null>(null)

  const [store, destination] = [
    placeOf(picked[0], names.store || say(WORDS.usualStore)),
    placeOf(picked[1], names.door || say(WORDS.usualDoor)),
  ]
  const started = typeof start === 'object' && 'started' in start ? start.started : null

  function reset() {
    setPicked([])
    setStart('idle')
  }
  function pick(place: LatLng) {
    if (start === 'busy' || started) return
    setPicked((before) => (before.length === 2 ? before : [...before, place]))
  }
  async function create() {
    setStart('busy')
    const body = { store, destination }
    const answer = await callApi(createDeliveryAnswerSchema, '/api/deliveries', { method: 'POST', body })
    if (answer.ok) {
      setStart({ started: answer.value })
      router.refresh()
    } else setStart({ failed: answer })
  }

  return (
    <section aria-labelledby="anywhere-title" className="mt-14" data-testid="anywhere">
      <h2 id="anywhere-title" className="text-xl font-bold tracking-tight">
        {say(WORDS.title)}
      </h2>
      <p className="mt-2 max-w-2xl text-pretty text-muted">{say(WORDS.about)}</p>
      {!isOpen ? (
        <Button size="lg" className="mt-5" onClick={() => setOpen(true)}>
          <MapPinned className="size-5" aria-hidden="true" />
          <span>{say(WORDS.open)}</span>
        </Button>
      ) : (
        <div className="mt-5 grid gap-4 md:grid-cols-[minmax(0,1fr)_320px]">
          <div className="pick-map h-[60dvh] min-h-[340px] overflow-hidden rounded-3xl border border-line md:h-[520px]">
            <PickMap
              label={say(WORDS.map)}
              tiles={tiles}
              at={at}
              store={store}
              destination={destination}
              onPick={pick}
              middle={middle}
            />
          </div>
          <div className="grid content-start gap-4">
            <p role="status" className="text-lg font-semibold text-balance">
              {say([WORDS.askStore, WORDS.askDoor][picked.length] ?? WORDS.ready)}
            </p>
            {picked.length < 2 ? (
              <>
                <fieldset aria-label={say(WORDS.towns)} className="flex flex-wrap gap-2">
                  {TOWNS.map((town) => (
                    <Button key={town.id} onClick={() => setAt([...town.at])}>
                      {say(town.name)}
                    </Button>
                  ))}
                </fieldset>
                <Button onClick={() => middle.current?.()}>{say(WORDS.atMiddle)}</Button>
                <p className="text-sm text-pretty text-muted">{say(WORDS.hint)}</p>
              </>
            ) : (
              !started && (
                <>
                  <Field
                    label={say(WORDS.storeName)}
                    placeholder={say(WORDS.usualStore)}
                    value={names.store}
                    onChange={(name) => setNames({ ...names, store: name })}
                  />
                  <Field
                    label={say(WORDS.doorName)}
                    placeholder={say(WORDS.usualDoor)}
                    value={names.door}
                    onChange={(name) => setNames({ ...names, door: name })}
                  />
                  <Button look="accent" size="lg" disabled={start === 'busy'} onClick={create}>
                    {start === 'busy' ? say(WORDS.creating) : say(WORDS.create)}
                  </Button>
                </>
              )
            )}
            {picked.length > 0 && (
              <Button onClick={reset}>
                <RotateCcw className="size-4" aria-hidden="true" />
                <span>{say(WORDS.again)}</span>
              </Button>
            )}
            <div role="status">
              {typeof start === 'object' && 'failed' in start && (
                <p className="rounded-2xl bg-danger-soft px-4 py-3 text-body font-medium text-danger-soft-ink">
                  {failedWords(start.failed, WORDS.refused, say)}
                </p>
              )}
            </div>
          </div>
          {started && (
            <Card className="md:col-span-2">
              <h3 className="text-lg font-bold tracking-tight">{say(WORDS.done)}</h3>
              <p className="mt-1 mb-5 text-body text-muted">{say(WORDS.next)}</p>
              <DeliveryLinks started={started} />
            </Card>
          )}
        </div>
      )}
    </section>
  )
}

function placeOf(at: LatLng | undefined, name: string) {
  return at ? { name, lat: at[0], lng: at[1] } : null
}

type FieldProps = { label: string; placeholder: string; value: string; onChange(value: string): void }

function Field({ label, placeholder, value, onChange }: FieldProps) {
  return (
    <label className="grid gap-1.5">
      <span className="text-sm font-medium text-muted">{label}</span>
      <input
        value={value}
        placeholder={placeholder}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-12 w-full rounded-2xl border border-line bg-surface px-4 text-base"
      />
    </label>
  )
}
