import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readBrandLogo } from '#server/ground/brand-logo.ts'
import { tempDir } from '../../support/temp-dir.ts'

const file = (content: string | Buffer) => {
  const path = join(tempDir(), 'logo')
  writeFileSync(path, content)
  return readBrandLogo(path)
}
const png = readFileSync('app/apple-icon.png')
const XMLNS = 'xmlns="http://www.w3.org/2000/svg"'

it('[BRAND3] a logo is known by what is in the file', () => {
  expect(file(png)).toMatchObject({ type: 'image/png' })
  expect(file(`<?xml version="1.0"?>\n<svg ${XMLNS} viewBox="0 0 1 1"></svg>\n`)).toMatchObject({
    type: 'image/svg+xml',
  })
})

it('[BRAND3] what is none, or would not be drawn, is told in words', () => {
  expect(file('{}')).toContain('neither a whole SVG nor a PNG')
  expect(file(`<svg ${XMLNS} viewBox="0 0 1 1"><path`)).toContain('neither a whole SVG nor a PNG')
  expect(file('<svg viewBox="0 0 1 1"></svg>')).toContain('xmlns')
  expect(file(`<svg ${XMLNS}></svg>`)).toContain('viewBox')
  expect(file(png.subarray(0, -20))).toContain('cut off')
  expect(file(Buffer.alloc(300_000))).toContain('300000 bytes, of 262144 at most')
  expect(readBrandLogo('no-such-file')).toContain('ENOENT')
})
