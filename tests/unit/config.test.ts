import { expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { SETTINGS } from '#server/ground/environment.ts'
import { StartUpError } from '#server/ground/start-up-error.ts'

const OUTSIDE_DEMO = {
  DEMO: '0',
  TOKEN_SECRET: 'sixteen letters, at least',
  DISPATCH_TOKEN: 'at-least-eight',
}
const A_WEBHOOK_SECRET = `whsec_${'QUJD'.repeat(8)}`
const NO_NUMBERS = ['0x10', '1e3', ' 7', '7 ', '-1', '1.5', '+7', '1_000', 'seven', 'NaN', 'Infinity', '٣']
const NO_FLAGS = ['TRUE', 'yes', 'no', ' 1', '01', 'enabled']
const NO_NAMES = ['a b', 'a/b', 'ä', 'a:b', 'x'.repeat(101), '__proto__!']
const NO_RATES = [
  ...NO_NUMBERS,
  '0/1',
  '0',
  '5/4',
  '1e12',
  '1000000000000',
  '200000',
  '20/60/2',
  '20/',
  '/60',
  '20 / 60',
]
const NO_CAPS = [...NO_NUMBERS, '0', '1000001', '1000000000000']

/** Each with the other settings that it needs beside it. */
const REFUSED: readonly (readonly [
  name: string,
  values: readonly string[],
  beside?: Record<string, string>,
])[] = [
  ['NODE_ENV', ['prod', 'Production', 'production ', 'staging']],
  ['PORT', [...NO_NUMBERS, '65536', '99999999999999999999']],
  [
    'HOST',
    ['[::1]', 'http://127.0.0.1', '127.0.0.1:80', '999.1.1.1', 'a b', '-x', '127.1', 'localhost,127.0.0.1'],
  ],
  [
    'KAFKA_BROKERS',
    [
      'kafka',
      'kafka:0',
      'kafka:65536',
      'kafka:0x10',
      'a:9092,,b:9092',
      'a:9092,',
      'http://a:9092',
      '[::1]:9092',
      ',',
    ],
  ],
  ['KAFKA_SSL', NO_FLAGS],
  ['KAFKA_SASL_MECHANISM', ['PLAIN', 'plain ', 'gssapi'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_SASL_MECHANISM', ['plain'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_SASL_MECHANISM', ['plain'], { KAFKA_SASL_USERNAME: 'me', KAFKA_SASL_PASSWORD: 'hush-hush' }],
  ['KAFKA_SASL_USERNAME', ['me'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_SASL_PASSWORD', ['hush-hush'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_PREFIX', NO_NAMES],
  ['KAFKA_REPLICATION_FACTOR', [...NO_NUMBERS, '0', '10'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_REPLICATION_FACTOR', ['3']],
  [
    'KAFKA_MIN_INSYNC_REPLICAS',
    [...NO_NUMBERS, '0', '4'],
    { KAFKA_BROKERS: 'a:9092', KAFKA_REPLICATION_FACTOR: '3' },
  ],
  ['KAFKA_MIN_INSYNC_REPLICAS', ['2'], { KAFKA_BROKERS: 'a:9092' }],
  ['KAFKA_PORT', [...NO_NUMBERS, '65536']],
  ['KAFKA_AUTO_CREATE_TOPICS', ['1', 'TRUE', 'on']],
  ['KAFKA_NUM_PARTITIONS', [...NO_CAPS, '1001']],
  ['KAFKA_FSYNC', ['ALWAYS', 'sometimes', 'true']],
  ['KAFKA_FLUSH_INTERVAL_MS', [...NO_NUMBERS, '0', '1000000000000']],
  ['KAFKA_RETENTION_CHECK_INTERVAL_MS', [...NO_NUMBERS, '0', '1000000000000']],
  ['DATABASE_URL', ['mysql://a/b', 'localhost:5432/x', 'http://a/b', 'postgresql:///b', 'javascript:1']],
  ['DATABASE_PASSWORD', ['hush-hush']],
  ['INSTANCE_ID', NO_NAMES],
  ['PUSH', ['Affine', 'all', '1']],
  ['INSTANCE_HOST', ['http://10.0.0.1', '10.0.0.1:3000', '999.1.1.1', 'a b']],
  ['DEMO', NO_FLAGS],
  ['DISPATCH_TOKEN', ['short', '       7', 'with a space in it', 'mit-Umläuten', 'two\nlines-of-it']],
  ['TOKEN_SECRET', ['too short', ' '.repeat(20)]],
  [
    'TRUSTED_PROXIES',
    ['10.0.0.0/8,', ',', '10.0.0.0/33', '0.0.0.0/0', 'nginx', '10.0.0.256', 'http://10.0.0.1'],
  ],
  ['RATE_LIMIT_TOKEN', NO_RATES],
  ['RATE_LIMIT_ADDRESS', NO_RATES],
  ['MAX_CONNECTIONS_ADDRESS', NO_CAPS],
  ['MAX_SOCKETS_ADDRESS', NO_CAPS],
  ['MAX_SOCKETS_TOKEN', NO_CAPS],
  ['MAX_SOCKETS_DELIVERY', NO_CAPS],
  ['ROUTE_URL', ['javascript:1', 'router:5000', 'ftp://a/b', '//a/b', 'https:///route', 'http://a b/route']],
  ['GEOCODER_URL', ['javascript:1', 'geocoder:80', 'ftp://a/b']],
  ['MAP_FILE', ['no-such-file', 'docs', 'package.json']],
  [
    'TILE_URL',
    [
      'javascript:1',
      'data:image/png;base64,{z}{x}{y}',
      'ftp://a/{z}/{x}/{y}',
      'https://a/',
      '//a/{z}/{x}/{y}',
      'OFF',
      'https://a/{z}/{x}',
      'https:///{z}/{x}/{y}',
      'tiles/{z}/{x}/{y}',
      'https://a b/{z}/{x}/{y}',
    ],
  ],
  ['BRAND_NAME', [' Shop', 'x'.repeat(31), 'two\nlines', 'Shop\u202e']],
  ['BRAND_COLOR', ['#ffffff', '#fff', '#000', '#fffffa', 'green', '#12345', '0a7a4e', '#0a7a4e80', 'url(x)']],
  ['BRAND_LOGO', ['no-such-file', 'docs', 'package.json']],
  [
    'EMBED_ORIGINS',
    [
      '*',
      'null',
      'shop.example',
      'https://',
      'https://*.shop.example',
      'https://shop.example/',
      'https://shop.example/cart',
      'https://me@shop.example',
      'https://SHOP.example',
      'https://shop.example:443',
      'https://a;script-src',
      "https://a'b",
      'https://[::1]',
      'https://a.example,',
      'https://a.example https://b.example',
      'javascript:1',
      'ftp://shop.example',
    ],
  ],
  ['OFFLINE_PAGES', NO_FLAGS],
  ['PRELOAD_PAGES', NO_FLAGS],
  ['LOCATION_RETENTION_DAYS', [...NO_NUMBERS, '0', '3651']],
  ['DELIVERY_RETENTION_DAYS', [...NO_NUMBERS, '0', '3651', '29']],
  ['WEB_PUSH', NO_FLAGS],
  [
    'PUSH_HOSTS',
    ['https://a.example', 'a.example:443', '*', '*.', '*.com', '10.0.0.1', '[::1]', 'a,,b', 'a b'],
  ],
  ['PUSH_ALLOW_PRIVATE', NO_FLAGS],
  ['VAPID_PRIVATE_KEY', ['short', `${'A'.repeat(42)}=`, 'A'.repeat(44)]],
  ['VAPID_PUBLIC_KEY', ['short', 'B'.repeat(43)], { VAPID_PRIVATE_KEY: 'A'.repeat(43) }],
  ['VAPID_PUBLIC_KEY', ['B'.repeat(87)]],
  ['VAPID_SUBJECT', ['me@example.net', 'http://a.example', 'mailto:', 'mailto:a b@c', 'tel:1']],
  [
    'WEBHOOK_URL',
    ['shop.example', 'ftp://shop.example', 'https://a.example,', 'https://'],
    { WEBHOOK_SECRET: A_WEBHOOK_SECRET },
  ],
  ['WEBHOOK_URL', ['https://shop.example/hooks']],
  [
    'WEBHOOK_URL',
    [
      'http://shop.example/hooks',
      'https://10.0.0.1/hooks',
      'https://[::1]/hooks',
      'https://2130706433/hooks',
      'https://169.254.169.254/',
    ],
    { ...OUTSIDE_DEMO, WEBHOOK_SECRET: A_WEBHOOK_SECRET },
  ],
  [
    'WEBHOOK_SECRET',
    [
      'hush-hush',
      'whsec_c2hvcnQ=',
      `${A_WEBHOOK_SECRET},`,
      [A_WEBHOOK_SECRET, A_WEBHOOK_SECRET, A_WEBHOOK_SECRET].join(),
    ],
    { WEBHOOK_URL: 'https://shop.example/hooks' },
  ],
  ['WEBHOOK_SECRET', [A_WEBHOOK_SECRET]],
  ['WEBHOOK_NEAR_METERS', [...NO_NUMBERS, '49', '50001']],
  ['ACCESS_LOG_ONE_IN', NO_CAPS],
  ['LOG_LEVEL', ['INFO', 'verbose', '30']],
]

const refusalOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(StartUpError)
    return (error as Error).message
  }
  throw new Error(`taken: ${JSON.stringify(environment)}`)
}

for (const [name, values, beside = {}] of REFUSED) {
  it(`[START4] S14: ${name} is taken as it is meant, or refused in one sentence that names it`, () => {
    for (const value of values) {
      const message = refusalOf({ ...beside, [name]: value })
      expect(message).toMatch(new RegExp(`^${name}\\b.*\\.$`))
      if (
        /SECRET|PASSWORD|PRIVATE_KEY|DISPATCH_TOKEN|_URL$/.test(name) &&
        name !== 'TILE_URL' &&
        value.trim() !== ''
      )
        expect(message).not.toContain(value.trim())
    }
  })
}

it('[START4] S14: every setting that the code reads is in this table, but for those that are any text', () => {
  const names = SETTINGS
  const anyText = ['DATA_DIR', 'TILE_ATTRIBUTION']
  expect(names.filter((name) => !REFUSED.some(([listed]) => listed === name)).sort()).toEqual(anyText)
})

it('[START3] outside the demo the secrets that are missing are named', () => {
  expect(refusalOf({ DEMO: '0' })).toContain('TOKEN_SECRET and DISPATCH_TOKEN')
})

it('[START4] S14: several that are wrong are each told', () => {
  const message = refusalOf({ PORT: '0x10', TILE_URL: 'javascript:1', RATE_LIMIT_TOKEN: '1000000000000' })
  expect(message.split('\n')).toEqual([
    'PORT must be a whole number from 0 to 65535, not "0x10".',
    'RATE_LIMIT_TOKEN must be a rate and a burst in whole numbers, such as 20/60, not "1000000000000".',
    'TILE_URL must be an http or https address with {z}, {x} and {y} in it, or off, not "javascript:1".',
  ])
})

it('[START4] S14: what is meant well is taken', () => {
  const taken = (environment: Record<string, string>) => readConfig({ ...OUTSIDE_DEMO, ...environment })
  expect(taken({})).toMatchObject({ port: 3000, demo: false, rateLimitToken: { perSecond: 20, burst: 60 } })
  expect(taken({ PORT: '', TRUSTED_PROXIES: '', TILE_URL: '' })).toMatchObject({
    port: 3000,
    trustedProxies: [],
  })
  expect(taken({ RATE_LIMIT_TOKEN: '10000' }).rateLimitToken).toEqual({ perSecond: 10_000, burst: 30_000 })
  expect(taken({ KAFKA_BROKERS: 'kafka-1:9092, 10.0.0.2:9093' }).kafka?.brokers).toEqual([
    'kafka-1:9092',
    '10.0.0.2:9093',
  ])
  expect(taken({ TRUSTED_PROXIES: '10.0.0.0/8, ::1,loopback' }).trustedProxies).toHaveLength(3)
  for (const url of [
    'https://{s}.tiles.example:8443/{z}/{x}/{y}{r}.png?key=1',
    '/tiles/{z}/{x}/{y}.png',
    'http://[::1]:80/{z}/{y}/{x}',
  ])
    expect(taken({ TILE_URL: url }).tileUrl).toBe(url)
  expect(taken({ TILE_URL: 'off' }).tileUrl).toBeNull()
  expect(taken({}).embedOrigins).toEqual([])
  expect(taken({ EMBED_ORIGINS: 'https://shop.example, http://localhost:8080' }).embedOrigins).toEqual([
    'https://shop.example',
    'http://localhost:8080',
  ])
  for (const host of ['0.0.0.0', '::', '::1', 'localhost', 'my_host.internal'])
    expect(taken({ HOST: host }).host).toBe(host)
  expect(taken({ KAFKA_FLUSH_INTERVAL_MS: '250' }).brokerSettings).toEqual({ KAFKA_FLUSH_INTERVAL_MS: '250' })
  const database = { DATABASE_URL: 'postgresql://me@host/db', DATABASE_PASSWORD: 'a/b' }
  expect(taken(database).databaseUrl).toBe('postgresql://me:a%2Fb@host/db')
})

it('[AFF6] reading by demand is for instances that share a log and a database, and believe each other', () => {
  const several = {
    KAFKA_BROKERS: 'kafka:9092',
    DATABASE_URL: 'postgresql://me@host/db',
    TRUSTED_PROXIES: '10.0.0.0/8',
    TOKEN_SECRET: 'the same for all instances',
  }
  expect(readConfig({}).affine).toBeNull()
  expect(readConfig({ ...several, PUSH: 'affine' }).affine).toEqual({ host: undefined })
  expect(readConfig({ ...several, PUSH: 'affine', INSTANCE_HOST: 'app-1' }).affine).toEqual({ host: 'app-1' })
  expect(refusalOf({ PUSH: 'affine', TRUSTED_PROXIES: '10.0.0.0/8' })).toBe(
    'PUSH=affine is for several instances: set KAFKA_BROKERS, DATABASE_URL, TOKEN_SECRET as well.',
  )
  expect(refusalOf({ ...several, TRUSTED_PROXIES: '', PUSH: 'affine' })).toBe(
    'PUSH=affine needs TRUSTED_PROXIES with the addresses of the instances: they answer calls for one another.',
  )
  expect(refusalOf({ INSTANCE_HOST: 'app-1' })).toBe('INSTANCE_HOST is of no use without PUSH=affine.')
})

it('[KEEP5] a delivery is kept for as long as its positions, at least', () => {
  expect(readConfig({}).retention).toEqual({ locationDays: 30, deliveryDays: 365 })
  expect(refusalOf({ LOCATION_RETENTION_DAYS: '400' })).toBe(
    'DELIVERY_RETENTION_DAYS (365) must not be less than LOCATION_RETENTION_DAYS (400): the positions go with their delivery.',
  )
  expect(readConfig({ LOCATION_RETENTION_DAYS: '1', DELIVERY_RETENTION_DAYS: '1' }).retention).toEqual({
    locationDays: 1,
    deliveryDays: 1,
  })
})

it('[HOOK7] outside the demo receivers of webhooks have https and no private address; in it they may be on this machine', () => {
  const to = (WEBHOOK_URL: string, more = {}) => ({ WEBHOOK_URL, WEBHOOK_SECRET: A_WEBHOOK_SECRET, ...more })
  expect(refusalOf(to('http://shop.example', OUTSIDE_DEMO))).toBe(
    'WEBHOOK_URL must list https addresses only, outside demo mode.',
  )
  expect(refusalOf(to('https://a.example,https://192.168.0.9', OUTSIDE_DEMO))).toBe(
    'WEBHOOK_URL must not list private addresses, outside demo mode.',
  )
  expect(readConfig(to('https://a.example/x,https://b.example', OUTSIDE_DEMO)).webhooks).toMatchObject({
    receivers: [{ host: 'a.example' }, { host: 'b.example' }],
    allowPrivate: false,
  })
  expect(readConfig(to('http://127.0.0.1:9999/')).webhooks).toMatchObject({ allowPrivate: true })
})
