import { StartUpError } from '../ground/start-up-error.ts'

type Address = { server: string; user: string; database: string; passwords: string[] }

/**
 * The server is not there, or not yet: a name may not be known before its container runs, and one that is starting up says
 * 57P03 (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
const ABSENT = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  '57P03',
]

/** Whether a failure to connect may mend itself; a wrong password does not. */
export function isAbsent(error: unknown): boolean {
  // The driver's own deadline is a plain error without a code.
  return ABSENT.includes(codeOf(error)) || /connection timeout|connection terminated/i.test(wordsOf(error))
}

/** Says why a PostgreSQL could not be used at start-up and what to look at, without a word of the password. */
export function describeConnectionFailure(error: unknown, address: Address, waitedMs: number): string {
  const { server, user, database, passwords } = address
  if (isAbsent(error))
    return `${server} has not answered for ${waitedMs / 1_000} s. Check that it runs and that DATABASE_URL names it, or unset DATABASE_URL to use the embedded database.`
  switch (codeOf(error)) {
    case '28000':
    case '28P01':
    case '42501':
      return `${server} does not let user "${user}" in. Check the user and the password in DATABASE_URL.`
    case '3D000':
      return `${server} has no database "${database}". Create it, or correct DATABASE_URL.`
    default:
      return `${server} cannot be used: ${passwords.reduce((text, it) => text.replaceAll(it, '…'), wordsOf(error).trim())}`
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** @throws StartUpError for what is no URL, or has a `%` that stands for nothing. Passwords: as written, and as meant. */
export function parseAddress(databaseUrl: string): Address {
  try {
    const url = new URL(databaseUrl)
    return {
      server: `PostgreSQL at ${url.hostname}:${url.port || '5432'}`,
      user: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)),
      passwords: [url.password, decodeURIComponent(url.password)].filter((password) => password !== ''),
    }
  } catch {
    // The cause stays out on purpose: it quotes the address, password and all.
    throw new StartUpError('DATABASE_URL is not an address like postgresql://user:password@host:5432/name.')
  }
}
