import { House, Store } from 'lucide-react'
import type { Place } from '#contracts/place.ts'

export function Places({ store, destination }: { store: Place; destination: Place }) {
  return (
    <dl className="mt-4 grid gap-2.5 border-t border-line pt-4 text-[15px]">
      <div className="flex items-center gap-3">
        <Store className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">From</dt>
        <dd className="min-w-0 break-words">{store.name}</dd>
      </div>
      <div className="flex items-center gap-3">
        <House className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">To</dt>
        <dd className="min-w-0 break-words">{destination.name}</dd>
      </div>
    </dl>
  )
}
