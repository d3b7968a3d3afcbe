import type { PillTone } from '#app/_ui/pill.tsx'
import { Said } from '#app/_ui/said.tsx'
import type { CallOnPage } from './documents.ts'
import { Entry, Part } from './entry.tsx'
import { FieldList } from './field-list.tsx'
import { typeOf } from './fields.ts'
import { askers, words } from './words.ts'

const TONES: Record<string, PillTone> = { GET: 'info', POST: 'accent', PUT: 'accent', DELETE: 'danger' }

export function CallEntry({ call }: { call: CallOnPage }) {
  const { id, method, path, title, by, query, headers, body, answers, problems } = call
  return (
    <Entry id={id} mark={{ word: method, tone: TONES[method] ?? 'neutral' }} name={path} title={title}>
      <Part title={words.opensWith}>
        <ul className="flex flex-wrap gap-x-4 text-body">
          {by.map((asker) => (
            <li key={asker}>
              <Said text={askers[asker] ?? { en: asker, ko: asker }} />
            </li>
          ))}
        </ul>
      </Part>
      {headers && (
        <Part title={words.headers}>
          <FieldList schema={headers} />
        </Part>
      )}
      {query && (
        <Part title={words.query}>
          <FieldList schema={query} />
        </Part>
      )}
      {body && (
        <Part title={words.body}>
          <FieldList schema={body} />
        </Part>
      )}
      <Part title={words.answers}>
        <ul className="grid gap-3">
          {answers.map((answer) => (
            <li key={answer.status} className="grid gap-2">
              <p className="flex flex-wrap items-baseline gap-x-3 text-body">
                <code className="font-mono font-semibold text-accent-soft-ink">{answer.status}</code>
                <Said text={answer.says} />
                {answer.type && <code className="font-mono text-note text-muted">{answer.type}</code>}
              </p>
              {answer.schema && isWorthALine(answer.schema) && <FieldList schema={answer.schema} />}
            </li>
          ))}
          {problems.map(({ status, codes }) => (
            <li key={status} className="flex flex-wrap items-baseline gap-x-3 text-body">
              <code className="font-mono font-semibold text-danger-soft-ink">{status}</code>
              {codes.map((code) => (
                <a
                  key={code}
                  href={`#problem-${code}`}
                  className="inline-block py-1 font-mono text-note underline decoration-line underline-offset-3"
                >
                  {code}
                </a>
              ))}
            </li>
          ))}
        </ul>
      </Part>
    </Entry>
  )
}

/** Text, or an object of any kind, has nothing to list. */
const isWorthALine = (schema: Parameters<typeof typeOf>[0]) =>
  schema.properties !== undefined || !['string', 'object'].includes(String(typeOf(schema)[0]))
