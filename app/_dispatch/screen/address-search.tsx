'use client'
import { MapPin, Search } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useLanguage, useSay } from '#app/_words/use-language.tsx'
import { findPlacesAnswerSchema } from '#contracts/http.ts'
import type { Place } from '#contracts/place.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { WORDS } from '../words.ts'

type Props = { label: string; onFound: (place: Place) => void }

/** Where an address is, as the geocoder says: a person chooses among what it has found. */
export function AddressSearch({ label, onFound }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const { call } = useDispatcher()
  const id = useId()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<readonly Place[] | string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function find() {
    if (query.trim() === '' || isBusy) return
    setBusy(true)
    const answer = await call(findPlacesAnswerSchema, '/api/places', {
      method: 'POST',
      body: { query: query.trim(), language },
    })
    setBusy(false)
    if (!answer.ok) setFound(say(answer.status === 429 ? WORDS.findLater : WORDS.findAway))
    else setFound(answer.value.places.length > 0 ? answer.value.places : say(WORDS.findNothing))
  }

  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-sm font-medium text-muted">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={query}
          maxLength={300}
          autoComplete="off"
          onChange={({ target }) => setQuery(target.value)}
          onKeyDown={(event) => {
            // Not the form around it.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            void find()
          }}
          className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-canvas px-3 text-base text-ink"
        />
        <Button inactive={isBusy || query.trim() === ''} onClick={find}>
          <Search className="size-4" aria-hidden="true" />
          <span>{say(WORDS.find)}</span>
        </Button>
      </div>
      <div role="status" className="empty:hidden">
        {typeof found === 'string' && <p className="text-body text-muted">{found}</p>}
      </div>
      {found !== null && typeof found === 'object' && (
        <ul aria-label={say(WORDS.foundPlaces)} className="grid gap-1" data-testid="found-places">
          {found.map((place) => (
            <li key={`${place.lat} ${place.lng} ${place.name}`}>
              <button
                type="button"
                onClick={() => {
                  onFound(place)
                  setFound(null)
                  setQuery('')
                }}
                className="flex min-h-11 w-full items-center gap-2 rounded-xl bg-canvas px-3 py-2 text-left text-body hover:bg-sunken"
              >
                <MapPin className="size-4 shrink-0 text-muted" aria-hidden="true" />
                <span>{place.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
