import { Logo } from '#app/_ui/logo.tsx'
import type { Connection } from '../state/tracking-state.ts'
import { connectionWords } from './delivery-words.ts'

/** Shown until the first snapshot. */
export function Opening({ connection }: { connection: Connection }) {
  return (
    <main
      data-testid="track-opening"
      data-connection={connection}
      className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center"
    >
      <Logo />
      <p role="status" className="text-muted">
        {connectionWords(connection) ?? 'Opening your delivery…'}
      </p>
      <span aria-hidden="true" className="h-1 w-40 overflow-hidden rounded-full bg-line">
        <span className="block h-full w-1/2 animate-pulse rounded-full bg-accent" />
      </span>
    </main>
  )
}
