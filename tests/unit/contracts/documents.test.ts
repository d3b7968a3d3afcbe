import { Parser } from '@asyncapi/parser'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { asyncApiDocument } from '#contracts/documents/asyncapi.ts'
import { HTTP_CALLS } from '#contracts/documents/http-calls.ts'
import { openApiDocument, toTemplate } from '#contracts/documents/openapi.ts'
import { SOCKET_NAMESPACES } from '#contracts/documents/socket-namespaces.ts'
import { MAP_PATH } from '#contracts/map-path.ts'
import { PROBLEMS } from '#contracts/problem.ts'
import { deadLetterTopic, HEADER, TOPIC } from '#contracts/topics.ts'
import { WEBHOOK_TYPES } from '#contracts/webhook.ts'
import { API_ROUTES } from '#server/api/routes.ts'
import { socketWordsOfTheServer } from './socket-words.ts'

const openapi = openApiDocument()
const asyncapi = asyncApiDocument()
const text = JSON.stringify(asyncapi)

/** Answered by the gateway itself. */
const OF_THE_GATEWAY = ['GET /healthz', `GET ${MAP_PATH}`, 'GET /metrics', 'GET /readyz']

describe('[DOC2] the documents', () => {
  it('hold every call of the server, and no other', () => {
    const served = [...API_ROUTES].flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${toTemplate(path)}`),
    )
    const told = Object.entries(openapi.paths ?? {}).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(told.sort()).toEqual([...served, ...OF_THE_GATEWAY].sort())
  })

  it('hold every topic with its dead letters, and every header of a record', () => {
    const topics = Object.values(TOPIC).flatMap((topic) => [topic, deadLetterTopic(topic)])
    const addresses = Object.values(asyncapi.channels as Record<string, { address: string }>).map(
      ({ address }) => address,
    )
    expect(addresses.sort()).toEqual([...topics, ...Object.keys(SOCKET_NAMESPACES)].sort())
    for (const header of Object.values(HEADER)) expect(text).toContain(`"${header}"`)
  })

  it('hold every namespace and event that the source of the server names', () => {
    const told = new Set([
      ...Object.keys(SOCKET_NAMESPACES),
      ...Object.values(SOCKET_NAMESPACES).flatMap(({ events }) => events.map(({ event }) => event)),
    ])
    expect(socketWordsOfTheServer().filter((word) => !told.has(word))).toEqual([])
  })

  it('hold every problem that a call may meet, but those of no call', () => {
    const told = JSON.stringify(openapi.paths)
    const ofNoCall = ['method_not_allowed']
    const missing = Object.keys(PROBLEMS).filter((code) => !told.includes(`"${code}"`))
    expect(missing).toEqual(ofNoCall)
  })

  it('hold every webhook', () => {
    expect(Object.keys(openapi.webhooks ?? {})).toEqual(WEBHOOK_TYPES)
  })

  it('are OpenAPI 3.1 without a fault, as Redocly reads it', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const faults = await lintFromString({ source: JSON.stringify(openapi), config })
    expect(
      faults.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer })),
    ).toEqual([])
  })

  it('are AsyncAPI 3.0 without a fault, as its own parser reads it', async () => {
    const { document, diagnostics } = await new Parser().parse(text)
    expect(
      diagnostics.filter(({ severity }) => severity <= 1).map(({ message, path }) => ({ message, path })),
    ).toEqual([])
    expect(document?.version()).toBe('3.0.0')
  })

  it('say both in English and in Korean', () => {
    const texts = [
      ...Object.values(HTTP_CALLS).flatMap((calls) =>
        Object.values(calls).flatMap(({ title, answers }) => [
          title,
          ...Object.values(answers).map(({ says }) => says),
        ]),
      ),
      ...Object.values(SOCKET_NAMESPACES).flatMap(({ title, by, events }) => [
        title,
        by,
        ...events.map(({ says }) => says),
      ]),
    ]
    for (const { en, ko } of texts) expect([en, ko]).not.toContain('')
  })
})
