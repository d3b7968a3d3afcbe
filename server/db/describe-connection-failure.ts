import { z } from 'zod'

/** What the driver adapter tells Prisma of a failure (`DriverAdapterError` in @prisma/driver-adapter-utils). */
const adapterFailureSchema = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ kind: z.string(), originalMessage: z.string().optional() }),
    }),
  }),
})

/** Says why a PostgreSQL could not be used at start-up and what to look at, without a word of the password. */
export function describeConnectionFailure(error: unknown, databaseUrl: string): string {
  const address = parseAddress(databaseUrl)
  if (!address) return 'DATABASE_URL is not an address like postgresql://user:password@host:5432/name.'
  const { server, user, database, passwords } = address
  const failure = adapterFailureSchema.safeParse(error)
  const cause = failure.success ? failure.data.meta.driverAdapterError.cause : undefined
  const words = cause?.originalMessage ?? (error instanceof Error ? error.message : String(error))
  // The driver's own deadline is a plain error without a kind.
  const kind = /connection timeout/i.test(words) ? 'SocketTimeout' : cause?.kind
  switch (kind) {
    case 'DatabaseNotReachable':
    case 'SocketTimeout':
      return `${server} does not answer. Check that it runs and that DATABASE_URL names it, or unset DATABASE_URL to use the embedded database.`
    case 'AuthenticationFailed':
    case 'DatabaseAccessDenied':
      return `${server} does not let user "${user}" in. Check the user and the password in DATABASE_URL.`
    case 'DatabaseDoesNotExist':
      return `${server} has no database "${database}". Create it, or correct DATABASE_URL.`
    default:
      return `${server} cannot be used: ${passwords.reduce((text, it) => text.replaceAll(it, '…'), words.trim())}`
  }
}

/** Null for what is no URL, or has a `%` that stands for nothing. Passwords: as written, and as meant. */
function parseAddress(databaseUrl: string) {
  try {
    const url = new URL(databaseUrl)
    return {
      server: `PostgreSQL at ${url.hostname}:${url.port || '5432'}`,
      user: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)),
      passwords: [url.password, decodeURIComponent(url.password)].filter((password) => password !== ''),
    }
  } catch {
    return null
  }
}
