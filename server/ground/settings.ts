import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import { z } from 'zod'
import { whyNotDrawable } from './why-not-drawable.ts'

/**
 * The kinds of settings, each with the words for a value that is not valid. A message continues the setting's name:
 * `PORT must be a whole number …`. The value is repeated only where it cannot be a secret.
 */
const MOST_SHOWN = 80
const shown = (text: string) =>
  JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text)
const mustBe = (what: string) => ({
  error: ({ input }: { input?: unknown }) => `must be ${what}, not ${shown(String(input))}`,
})

/** Digits and nothing else: other spellings that JavaScript reads as a number (0x10, 1e3, spaces) are mistakes. */
export function wholeNumber(least: number, most: number) {
  const words = mustBe(`a whole number from ${least} to ${most}`)
  return z
    .string()
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most, words)
    .transform(Number)
}

export const port = wholeNumber(0, 65_535)

export function oneOf<const T extends string>(...choices: T[]) {
  return z.enum(choices, mustBe(`one of ${choices.join(', ')}`))
}

export const flag = oneOf('1', '0', 'true', 'false', 'on', 'off').transform((text) =>
  ['1', 'true', 'on'].includes(text),
)

/** Kafka's own rule for names. */
export const kafkaName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/, mustBe('at most 100 letters, digits, dots, dashes and underscores'))

const MOST_PER_SECOND = 100_000
const MOST_AT_ONCE = 1_000_000

/** `20/60` reads: 20 requests a second on average, up to 60 at once. A bare `20` allows bursts of three seconds' worth. */
export const rate = z
  .string()
  .regex(/^\d{1,7}(\/\d{1,7})?$/, mustBe('a rate and a burst in whole numbers, such as 20/60'))
  .transform((text) => {
    const [perSecond = 0, burst] = text.split('/').map(Number)
    return { perSecond, burst: burst ?? perSecond * 3 }
  })
  .refine(
    ({ perSecond, burst }) =>
      perSecond >= 1 && perSecond <= MOST_PER_SECOND && burst >= perSecond && burst <= MOST_AT_ONCE,
    `must be a rate from 1 to ${MOST_PER_SECOND} a second, and a burst from that rate to ${MOST_AT_ONCE}`,
  )

export type RateLimit = z.infer<typeof rate>

/** Items between commas, each of which `isItem`; spaces around them do no harm. */
function list(what: string, isItem: (item: string) => boolean) {
  return z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isItem), {
      error: ({ input }) => {
        const wrong = (input as string[]).find((item) => !isItem(item)) ?? ''
        return wrong === ''
          ? `must list ${what}, and has an empty item`
          : `must list ${what}, which ${shown(wrong)} is not`
      },
    })
}

/** RFC 1123 §2.1, and the underscores that names in container networks have. */
const isHostName = (text: string) =>
  text.length <= 253 &&
  text.split('.').every((label) => /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
/** All digits and dots, but no address: no name either. */
const isHost = (text: string) => isIP(text) !== 0 || (isHostName(text) && !/^[\d.]+$/.test(text))

export const host = z.string().refine(isHost, mustBe('a host name or an address'))

/** kafkajs cannot tell the port from an IPv6 address. */
export const brokers = list('brokers as host:port', (item) => {
  const [, name = '', digits = ''] = /^([^:]+):(\d{1,5})$/.exec(item) ?? []
  return isHost(name) && Number(digits) >= 1 && Number(digits) <= 65_535
})

export const networks = list('addresses or networks such as 10.0.0.0/8', (item) => {
  try {
    proxyAddr.compile([item])
    return true
  } catch {
    return false
  }
})

/** Origins as a browser writes them (HTML, "ASCII serialisation of an origin"): no path, no wildcard, no `null`. */
export const origins = list('origins such as https://shop.example, without a path', (item) => {
  if (!/^https?:\/\//.test(item) || !URL.canParse(item)) return false
  const { origin, hostname } = new URL(item)
  return origin === item && isHost(hostname)
})

/** Leaflet's template, at another site or at this one, or `off`. */
export const tileUrl = z.string().refine((text) => {
  if (text === 'off') return true
  if (!['{x}', '{y}', '{z}'].every((part) => text.includes(part)) || /[\s"'<>\\]/.test(text)) return false
  if (/^\/(?!\/)/.test(text)) return true
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text.replaceAll(/\{\w+\}/g, '0'))
}, mustBe('an http or https address with {z}, {x} and {y} in it, or off'))

/** It may have a key in it, so it is not repeated. */
export const httpUrl = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^/?#\s]/i.test(text) && URL.canParse(text),
    'must be the http or https address of a server',
  )

/** Looked into at the start, so that a map that cannot be drawn is told to the operator and not to customers. */
export const mapFile = z.string().superRefine((path, context) => {
  const reason = whyNotDrawable(path)
  if (reason === null) return
  context.addIssue({
    code: 'custom',
    message: `must name a .pmtiles archive with the vector tiles of a Protomaps basemap: ${reason}`,
  })
})

/** It may have a key in it, so it is not repeated. */
export const httpUrls = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .refine(
    (items) => items.every((item) => httpUrl.safeParse(item).success),
    'must list the http or https addresses of your receivers',
  )

/** Of Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64. */
export const webhookSecrets = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .refine(
    (items) => items.length <= 2 && items.every(isWebhookSecret),
    'must be whsec_ and 24 to 64 bytes in base64, or two of them with a comma during a change',
  )

function isWebhookSecret(text: string): boolean {
  const [, base64] =
    /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? []
  if (base64 === undefined) return false
  const { length } = Buffer.from(base64, 'base64')
  return length >= 24 && length <= 64
}

/** Names of hosts, and `*.example.net` for all below a name; no addresses, which no look-up judges. */
export const pushHosts = list('names of hosts such as push.example.net or *.example.net', (item) => {
  const name = item.replace(/^\*\.(?=[^.]+\.)/, '')
  return isHostName(name) && !/^[\d.]+$/.test(name)
})

/** What push services may turn to (RFC 8292 §2.1). */
export const contact = z
  .string()
  .refine(
    (text) => /^(mailto:[^@\s]+@[^@\s]+|https:\/\/[^/\s]+\S*)$/i.test(text) && URL.canParse(text),
    mustBe('a mailto: or https: address'),
  )

/** A key on P-256 in base64url, of so many bytes. It may be a secret, so it is not repeated. */
export function curveKey(bytes: number) {
  return z
    .string()
    .refine(
      (text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes,
      `must be ${bytes} bytes in base64url`,
    )
}

export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })
  .refine((text) => {
    const { host, searchParams } = new URL(text)
    return host !== '' || searchParams.has('host')
  }, 'must be a postgresql:// address that names a host')

export function secret(leastCharacters: number) {
  return z
    .string()
    .refine(
      (text) => text.trim().length >= leastCharacters,
      `must have at least ${leastCharacters} characters`,
    )
}

/** What an `Authorization: Bearer` header can carry (RFC 6750 §2.1). */
export const bearerSecret = secret(8).refine(
  (text) => /^[A-Za-z0-9._~+/-]+=*$/.test(text),
  'must consist of letters, digits and ._~+/-, as it travels in a header',
)
