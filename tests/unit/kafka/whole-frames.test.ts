import fc from 'fast-check'
import { expect, it } from 'vitest'
import { collectFrames } from '#server/kafka/whole-frames.ts'

function frame(payload: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(payload.length)
  return Buffer.concat([length, payload])
}

it('[FAULT4] whatever pieces a stream comes in, whole frames are handed on and half a frame is not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      fc.nat(60),
      (payloads, sizes, missing) => {
        const frames = payloads.map(frame)
        const cut = Buffer.concat(frames).subarray(0, -missing || undefined)
        const handedOn: Buffer[] = []
        const collect = collectFrames((bytes) => handedOn.push(bytes))
        for (let at = 0, turn = 0; at < cut.length; turn += 1) {
          const size = sizes[turn % sizes.length] as number
          collect(cut.subarray(at, at + size))
          at += size
        }
        const whole: Buffer[] = []
        for (const one of frames) {
          if (Buffer.concat([...whole, one]).length > cut.length) break
          whole.push(one)
        }
        expect(Buffer.concat(handedOn)).toEqual(Buffer.concat(whole))
      },
    ),
  )
})
