import type { ReactNode } from 'react'
import { buttonClass } from '#app/_ui/button-class.ts'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Said } from '#app/_ui/said.tsx'
import type { Text } from '#app/_words/language.ts'
import { PROBLEMS } from '#contracts/problem.ts'
import { CallEntry } from './call-entry.tsx'
import { calls, namespaces, shapes, topics } from './documents.ts'
import { FieldList } from './field-list.tsx'
import { NamespaceSection, TopicEntry } from './live-entries.tsx'
import { OpenTarget } from './open-target.tsx'
import { problemsInKorean, words } from './words.ts'

const SECTIONS = ['deliveries', 'operations', 'sockets', 'topics', 'shapes', 'problems'] as const
type SectionId = (typeof SECTIONS)[number]

const DOCUMENTS = [
  { href: '/openapi.json', name: 'OpenAPI 3.1' },
  { href: '/asyncapi.json', name: 'AsyncAPI 3.0' },
]

/** All that the product takes and answers, to read. */
export function DocsPage() {
  const isOfDeliveries = ({ path }: (typeof calls)[number]) => path.startsWith('/api/')
  return (
    <>
      <OpenTarget />
      <header className="sticky top-0 z-10 border-b border-line bg-canvas px-4 py-2 sm:px-8">
        <div className="mx-auto flex max-w-6xl items-center justify-between gap-4">
          <Logo />
          <LanguageSwitch />
        </div>
      </header>
      <div className="px-4 pb-24 sm:px-8">
        <div className="mx-auto grid max-w-6xl gap-x-10 lg:grid-cols-[13rem_minmax(0,1fr)]">
          <Contents />
          <main className="min-w-0" data-testid="docs-page">
            <h1 className="mt-8 text-4xl font-bold tracking-tight sm:text-5xl">
              <Said text={words.title} />
            </h1>
            <p className="mt-4 max-w-3xl text-lg text-pretty text-muted">
              <Said text={words.intro} />
            </p>
            <p className="mt-6 flex flex-wrap items-center gap-3">
              {DOCUMENTS.map(({ href, name }) => (
                <a key={href} href={href} className={buttonClass('quiet')}>
                  {name}
                </a>
              ))}
            </p>
            <Section id="deliveries">
              {calls.filter(isOfDeliveries).map((call) => (
                <CallEntry key={call.id} call={call} />
              ))}
            </Section>
            <Section id="operations">
              {calls
                .filter((call) => !isOfDeliveries(call))
                .map((call) => (
                  <CallEntry key={call.id} call={call} />
                ))}
            </Section>
            <Section id="sockets" intro={words.socketsIntro}>
              {namespaces.map((namespace) => (
                <NamespaceSection key={namespace.address} namespace={namespace} />
              ))}
            </Section>
            <Section id="topics" intro={words.topicsIntro}>
              {topics.map((topic) => (
                <TopicEntry key={topic.name} topic={topic} />
              ))}
            </Section>
            <Section id="shapes">
              {shapes.map(({ name, schema }) => (
                <div key={name} id={`shape-${name}`} className="grid scroll-mt-20 gap-2">
                  <h3 className="mt-3 font-mono text-body font-semibold">{name}</h3>
                  <FieldList schema={schema} />
                </div>
              ))}
            </Section>
            <Section id="problems" intro={words.problemsIntro}>
              <Problems />
            </Section>
          </main>
        </div>
      </div>
    </>
  )
}

function Contents() {
  return (
    <nav className="mt-6 lg:sticky lg:top-24 lg:mt-12 lg:self-start" aria-labelledby="contents-title">
      <p id="contents-title" className="sr-only">
        <Said text={words.contents} />
      </p>
      <ul className="-ml-2.5 flex flex-wrap gap-x-1 lg:grid lg:gap-0">
        {SECTIONS.map((id) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-11 items-center rounded-xl px-2.5 text-body font-medium text-muted hover:bg-sunken hover:text-ink"
            >
              <Said text={words[id]} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Section({ id, intro, children }: { id: SectionId; intro?: Text; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mt-12 grid scroll-mt-16 gap-3">
      <h2 id={`${id}-title`} className="text-2xl font-bold tracking-tight">
        <Said text={words[id]} />
      </h2>
      {intro && (
        <p className="mb-1 max-w-3xl text-lead text-pretty text-muted">
          <Said text={intro} />
        </p>
      )}
      <div className="contents">{children}</div>
    </section>
  )
}

function Problems() {
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
      {Object.entries(PROBLEMS).map(([code, { status, title }]) => (
        <li
          key={code}
          id={`problem-${code}`}
          className="flex scroll-mt-20 flex-wrap items-baseline gap-x-3 px-4 py-2.5 target:bg-accent-soft sm:px-5"
        >
          <code className="font-mono text-note text-muted">{status}</code>
          <code className="font-mono text-body font-semibold">{code}</code>
          <span className="text-body text-muted">
            <Said text={{ en: title, ko: problemsInKorean[code] ?? title }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
