import { expect, it } from 'vitest'
import { ledHere } from '#server/gateway/led-here.ts'

it('[AFF8] the path of an instance is that of the sockets where no gateway has led there, and nothing else is', () => {
  for (const at of ['127.0.0.1:3000', '1f2e3d4c5b6a:3000', '[fd00::5]:3000'])
    expect(ledHere(`/at/${at}/socket.io/?EIO=4&transport=polling`)).toBe(
      '/socket.io/?EIO=4&transport=polling',
    )
  for (const url of [
    '/',
    '/at/',
    '/at/a:1/api/deliveries',
    '/at/a/b/socket.io/',
    '/x/at/a:1/socket.io/',
    '/at//socket.io/',
  ])
    expect(ledHere(url)).toBe(url)
})
