import { Fragment } from 'react'
import { type Field, fieldsOf, type JsonSchema, type TypeWord, typeOf } from './fields.ts'

/** What a body, a message or a record consists of. */
export function FieldList({ schema }: { schema: JsonSchema }) {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return <TypeLine type={typeOf(schema)} />
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line">
      {fields.map((field) => (
        <FieldRow key={field.path} field={field} />
      ))}
    </ul>
  )
}

const INDENT = ['pl-3.5', 'pl-8', 'pl-12', 'pl-16']

function FieldRow({ field: { name, depth, type, optional } }: { field: Field }) {
  return (
    <li
      className={`flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2 pr-3.5 ${INDENT[Math.min(depth, INDENT.length - 1)]}`}
    >
      <code className="font-mono text-note font-semibold [overflow-wrap:anywhere]">
        {optional ? `${name}?` : name}
      </code>
      <TypeLine type={type} />
    </li>
  )
}

function TypeLine({ type }: { type: TypeWord[] }) {
  return (
    <code className="font-mono text-note text-muted [overflow-wrap:anywhere]">
      {type.map((word, index) =>
        typeof word === 'string' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of one type, which never change
          <span key={index}>{word}</span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={index}>
            <a
              href={`#shape-${word.shape}`}
              className="text-ink underline decoration-line underline-offset-3"
            >
              {word.shape}
            </a>
          </Fragment>
        ),
      )}
    </code>
  )
}
