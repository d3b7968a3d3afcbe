import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Pill, type PillTone } from '#app/_ui/pill.tsx'
import { Said } from '#app/_ui/said.tsx'
import type { Text } from '#app/_words/language.ts'

type Props = {
  id: string
  mark: { word: string; tone: PillTone } | null
  name: string
  title: Text
  children: ReactNode
}

/** A call, an event or a topic: one line, and all about it once it is opened. Works without scripts. */
export function Entry({ id, mark, name, title, children }: Props) {
  return (
    <details id={id} className="group scroll-mt-20 rounded-2xl border border-line bg-surface open:shadow-sm">
      <summary className="relative flex min-h-14 list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl py-3 pr-11 pl-4 hover:bg-sunken sm:pr-13 sm:pl-5 [&::-webkit-details-marker]:hidden">
        {mark && <Pill tone={mark.tone}>{mark.word}</Pill>}
        <code className="font-mono text-body font-semibold [overflow-wrap:anywhere]">{name}</code>
        <ChevronDown
          className="absolute top-5 right-4 size-4 text-muted transition-transform group-open:rotate-180 sm:right-5"
          aria-hidden="true"
        />
        <span className="basis-full text-body text-muted lg:ml-auto lg:basis-auto">
          <Said text={title} />
        </span>
      </summary>
      <div className="grid gap-5 px-4 pt-1 pb-5 sm:px-5">{children}</div>
    </details>
  )
}

/** One part of what is opened. */
export function Part({ title, children }: { title: Text; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h4 className="text-sm font-semibold text-muted">
        <Said text={title} />
      </h4>
      <div className="contents">{children}</div>
    </section>
  )
}
