import {
  ArrowRight,
  Database,
  Globe,
  Layers,
  type LucideIcon,
  Map as MapIcon,
  Motorbike,
  Radio,
} from 'lucide-react'
import { Said } from '#app/_ui/said.tsx'
import type { Text } from '#app/_words/language.ts'
import { HOP_WORDS, WORDS } from './words.ts'

const HOPS: readonly { icon: LucideIcon; id: keyof typeof HOP_WORDS }[] = [
  { icon: Motorbike, id: 'rider' },
  { icon: Globe, id: 'http' },
  { icon: Layers, id: 'kafka' },
  { icon: Radio, id: 'socket' },
  { icon: MapIcon, id: 'map' },
]

/** The way of a location, hop by hop. */
export function HowItWorks() {
  return (
    <section aria-labelledby="how-title" className="mt-16">
      <h2 id="how-title" className="text-xl font-bold tracking-tight">
        <Said text={WORDS.how} />
      </h2>
      <ol className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-0 md:grid-cols-5 md:gap-4">
        {HOPS.map(({ icon: Icon, id }, index) => (
          <li key={id} className="relative flex gap-4 pb-6 md:block md:pb-0">
            {index < HOPS.length - 1 && <Wire />}
            <span className="relative z-10 grid size-12 shrink-0 place-items-center rounded-2xl border border-line bg-surface">
              <Icon className="size-5" aria-hidden="true" />
            </span>
            <span className="block min-w-0 wrap-anywhere md:mt-3">
              <span className="block font-semibold">
                <Said text={HOP_WORDS[id].name} />
              </span>
              <span className="mt-0.5 block text-body text-pretty text-muted">
                <Said text={HOP_WORDS[id].does} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-6 flex items-start gap-2.5 text-body wrap-anywhere text-muted">
        <Database className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        <Said text={WORDS.second} />
      </p>
      <p className="mt-6 flex flex-wrap gap-x-6">
        <MoreLink href="/inside" words={WORDS.inside} />
        <MoreLink href="/docs" words={WORDS.docs} />
      </p>
    </section>
  )
}

function MoreLink({ href, words }: { href: string; words: Text }) {
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center gap-2 rounded-lg font-semibold underline decoration-line decoration-2 underline-offset-4 hover:decoration-current"
    >
      <Said text={words} />
      <ArrowRight className="size-4" aria-hidden="true" />
    </a>
  )
}

/** The arrow between two hops: downwards on a phone, to the right on wider screens. A dot travels along it. */
function Wire() {
  return (
    <span
      aria-hidden="true"
      className="absolute top-12 bottom-0 left-6 w-px bg-line md:top-6 md:right-[-1rem] md:bottom-auto md:left-12 md:h-px md:w-auto"
    >
      <span className="wire-dot" />
    </span>
  )
}
