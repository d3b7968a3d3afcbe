import { readFileSync, statSync } from 'node:fs'

export type BrandLogo = { type: 'image/svg+xml' | 'image/png'; bytes: Buffer }

/** Where it is served. */
export const brandLogoPath = ({ type }: BrandLogo) => `/brand/logo.${type === 'image/png' ? 'png' : 'svg'}`

const MOST_BYTES = 256 * 1_024
const MOST_PIXELS = 4_096
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PNG_END = 'IEND'

/**
 * Read once, at the start: what is none, or none that can be drawn, is told to the operator and not to customers.
 * @returns why not, in words that continue `must name a square or wide picture, .svg or .png: `
 */
export function readBrandLogo(path: string): BrandLogo | string {
  let bytes: Buffer
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return `${path} is no file`
    if (stat.size > MOST_BYTES) return `${path} has ${stat.size} bytes, of ${MOST_BYTES} at most`
    bytes = readFileSync(path)
  } catch (error) {
    return `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`
  }
  // By what is in it: the name of a file says nothing.
  if (bytes.subarray(0, PNG_START.length).equals(PNG_START))
    return whyNotPng(bytes) ?? { type: 'image/png', bytes }
  return whyNotSvg(bytes.toString('utf8')) ?? { type: 'image/svg+xml', bytes }
}

/** PNG (third edition) §11.2.1 and §11.2.5. */
function whyNotPng(bytes: Buffer): string | null {
  if (bytes.length < 57 || bytes.toString('latin1', bytes.length - 8, bytes.length - 4) !== PNG_END)
    return 'the picture is cut off'
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS)
    return `it has ${width} × ${height} pixels, of ${MOST_PIXELS} × ${MOST_PIXELS} at most`
  return null
}

function whyNotSvg(text: string): string | null {
  const [root] = text.match(/<svg\b[^>]*>/) ?? []
  if (root === undefined || !/^\uFEFF?\s*</.test(text) || !/<\/svg>\s*(<!--[\s\S]*-->\s*)?$/.test(text))
    return 'the file is neither a whole SVG nor a PNG'
  if (!/\bxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(root))
    return 'its <svg> does not say xmlns="http://www.w3.org/2000/svg", without which no browser draws it'
  if (!/\bviewBox\s*=/.test(root) && !(/\bwidth\s*=/.test(root) && /\bheight\s*=/.test(root)))
    return 'its <svg> has neither a viewBox nor a width and a height'
  return null
}
