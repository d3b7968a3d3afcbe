import { createSign, createVerify } from 'node:crypto'
import { expect, it } from 'vitest'
import webPush from 'web-push'
import { vapidKeys } from '#server/access/vapid-keys.ts'
import { StartUpError } from '#server/ground/start-up-error.ts'

const none = { vapidPrivateKey: undefined, vapidPublicKey: undefined }
const jwk = ({ publicKey, privateKey }: { publicKey: string; privateKey: string }) => {
  const point = Buffer.from(publicKey, 'base64url')
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey }
}

it('[NOTE9] a secret stands for one pair that signs and verifies; another secret for another', () => {
  const pair = vapidKeys('the secret of the links', none)
  expect(vapidKeys('the secret of the links', none)).toEqual(pair)
  expect(vapidKeys('another one', none).publicKey).not.toBe(pair.publicKey)
  const { d, ...open } = jwk(pair)
  const signature = createSign('sha256')
    .update('x')
    .sign({ key: { ...open, d }, format: 'jwk' })
  expect(createVerify('sha256').update('x').verify({ key: open, format: 'jwk' }, signature)).toBe(true)
})

it('[NOTE9] a given pair is taken, as web-push makes it; keys that are no pair end the start', () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys()
  expect(vapidKeys('secret', { vapidPrivateKey: privateKey, vapidPublicKey: undefined })).toEqual({
    publicKey,
    privateKey,
  })
  expect(() =>
    vapidKeys('secret', { vapidPrivateKey: privateKey, vapidPublicKey: `B${'A'.repeat(86)}` }),
  ).toThrow(StartUpError)
  expect(() => vapidKeys('secret', { vapidPrivateKey: 'A'.repeat(43), vapidPublicKey: undefined })).toThrow(
    StartUpError,
  )
})
