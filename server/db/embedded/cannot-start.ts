import { StartUpError } from '../../ground/start-up-error.ts'

/** One sentence from PostgreSQL's output, which has many lines, each with a time and a process id. */
export function cannotStart(words: string): StartUpError {
  const lines = words
    .split('\n')
    .map((line) => /(?:FATAL|PANIC|ERROR|error|fatal): +(.*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
  const cause = lines.at(-1) ?? words.trim().split('\n').at(-1) ?? ''
  return new StartUpError(
    `The embedded PostgreSQL does not start${cause ? `: ${cause.replace(/\.$/, '')}` : ''}. DATABASE_URL can name another PostgreSQL.`,
  )
}
