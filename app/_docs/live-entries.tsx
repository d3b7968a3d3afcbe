import { Said } from '#app/_ui/said.tsx'
import type { EventOnPage, NamespaceOnPage, TopicOnPage } from './documents.ts'
import { anchor } from './documents.ts'
import { Entry, Part } from './entry.tsx'
import { FieldList } from './field-list.tsx'
import { words } from './words.ts'

/** Beyond this many, its events are listed by their names alone. */
const MOST_IN_FULL = 20

export function NamespaceSection({ namespace }: { namespace: NamespaceOnPage }) {
  const { address, title, by, handshake, events } = namespace
  return (
    <section className="grid gap-3" aria-labelledby={`namespace-${anchor(address)}`}>
      <h3 id={`namespace-${anchor(address)}`} className="mt-4 flex flex-wrap items-baseline gap-x-3 text-lg">
        <code className="font-mono font-semibold">{address}</code>
        <span className="text-muted">
          <Said text={title} />
        </span>
      </h3>
      <Entry id={`connect-${anchor(address)}`} mark={null} name="auth" title={by}>
        <Part title={words.handshake}>
          <FieldList schema={handshake} />
        </Part>
      </Entry>
      {events.length > MOST_IN_FULL ? (
        <EventNames events={events} />
      ) : (
        events.map((event) => <EventEntry key={event.name} address={address} event={event} />)
      )}
    </section>
  )
}

function EventEntry({ address, event }: { address: string; event: EventOnPage }) {
  const { name, from, says, payload, reply } = event
  const mark =
    from === 'server' ? ({ word: '↓', tone: 'info' } as const) : ({ word: '↑', tone: 'accent' } as const)
  return (
    <Entry id={anchor(`event${address}-${name}`)} mark={mark} name={name} title={says}>
      <Part title={from === 'server' ? words.fromServer : words.toServer}>
        <FieldList schema={payload} />
      </Part>
      {reply && (
        <Part title={words.answered}>
          <FieldList schema={reply} />
        </Part>
      )}
    </Entry>
  )
}

function EventNames({ events }: { events: EventOnPage[] }) {
  return (
    <div className="grid gap-3 rounded-2xl border border-line bg-surface p-4 sm:p-5">
      <p className="text-body text-muted">
        <Said text={words.insideNote} />
      </p>
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {events.map(({ name }) => (
          <li key={name}>
            <code className="font-mono text-note [overflow-wrap:anywhere]">{name}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function TopicEntry({ topic: { name, says, key, headers, value } }: { topic: TopicOnPage }) {
  return (
    <Entry id={anchor(`topic-${name}`)} mark={null} name={name} title={says}>
      <Part title={words.key}>
        <p className="text-body">
          <Said text={key} />
        </p>
      </Part>
      <Part title={words.headers}>
        <FieldList schema={headers} />
      </Part>
      <Part title={words.value}>
        {value === null ? (
          <p className="text-body">
            <Said text={words.bytes} />
          </p>
        ) : (
          <FieldList schema={value} />
        )}
      </Part>
    </Entry>
  )
}
