import { expect, it } from 'vitest'
import { refuseEndpoint } from '#domain/push-endpoint.ts'
import { readConfig } from '#server/config.ts'

const { push } = readConfig({})

it.each([
  'https://fcm.googleapis.com/fcm/send/dGhlIGRldmljZQ:APA91b',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB',
  'https://web.push.apple.com/QGx1',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d',
  'HTTPS://FCM.googleapis.com:443/fcm/send/1',
])('[NOTE8] %s is at a known push service', (endpoint) => {
  expect(refuseEndpoint(endpoint, push)).toBeNull()
})

it.each([
  ['no address', ''],
  ['begin with https', 'http://fcm.googleapis.com/fcm/send/1'],
  ['begin with https', 'file:///etc/passwd'],
  ['port', 'https://fcm.googleapis.com:8443/fcm/send/1'],
  ['name or password', 'https://me@fcm.googleapis.com/fcm/send/1'],
  ['no push service', 'https://fcm.googleapis.com.example.net/'],
  ['no push service', 'https://evilnotify.windows.com/'],
  ['no push service', 'https://notify.windows.com/'],
  ['no push service', 'https://127.0.0.1/'],
  ['no push service', 'https://2130706433/'],
  ['no push service', 'https://[::ffff:10.0.0.1]/'],
  ['no address', 'https://fcm.googleapis.com%4010.0.0.1/'],
])('[NOTE8] refused (%s): %s', (reason, endpoint) => {
  expect(refuseEndpoint(endpoint, push)).toMatch(reason === 'no push service' ? 'no push service' : reason)
})

it('[NOTE8] a push service of one’s own is allowed by name', () => {
  const own = { hosts: ['push.shop.internal'], allowPrivate: true }
  expect(refuseEndpoint('http://push.shop.internal:8080/1', own)).toBeNull()
  expect(refuseEndpoint('http://10.0.0.1:8080/1', own)).not.toBeNull()
  expect(refuseEndpoint('https://push.shop.internal/1', { hosts: [], allowPrivate: true })).not.toBeNull()
})
