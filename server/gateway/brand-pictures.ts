import { readFileSync } from 'node:fs'
import type { Brand } from '../ground/brand.ts'
import { brandLogoPath } from '../ground/brand-logo.ts'

/** What `app/icon.svg` shows, for who has no logo. */
const MARK = 'M32 12 50 50 32 42 14 50Z'
const USUAL_GROUND = '#0a7a4e'
const WHITE = '#ffffff'
/** Of its width a maskable icon's mark has this much for certain (W3C manifest, "icon masks": a circle of 80 %). */
const SAFE = 0.56
/** Icons that systems round by themselves, and those that bring their own corners. */
const ICONS = [
  ['/icon1.png', 48, 'rounded'],
  ['/icons/icon-192.png', 192, 'rounded'],
  ['/icons/icon-512.png', 512, 'rounded'],
  ['/icons/maskable-512.png', 512, 'square'],
  ['/apple-icon.png', 180, 'square'],
] as const
const PREVIEW = { path: '/opengraph-image.png', width: 1_200, height: 630 }

/** Of the customer's page; that of all others is app/manifest.ts. */
const MANIFEST = '/track/app.webmanifest'

export type Picture = { type: 'image/png' | 'image/svg+xml' | 'application/manifest+json'; bytes: Buffer }

/**
 * By their paths: the logo, and in place of the product's own icons, its picture for link previews and a manifest those of the brand.
 * Empty without a brand. Drawn at the start: drawing takes a second in all, and what cannot be drawn is told then.
 */
export async function drawBrandPictures({
  name,
  colour,
  logo,
}: Brand): Promise<ReadonlyMap<string, Picture>> {
  const pictures = new Map<string, Picture>()
  if (name === null && colour === null && logo === null) return pictures
  const ground = colour?.exact ?? (logo ? WHITE : USUAL_GROUND)
  const mark = logo
    ? dataUrl(logo)
    : dataUrl({ type: 'image/svg+xml', bytes: Buffer.from(markOf(colour?.ink ?? WHITE)) })
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="18" fill="${ground}"/><image x="8" y="8" width="48" height="48" href="${mark}"/></svg>`
  pictures.set('/icon.svg', { type: 'image/svg+xml', bytes: Buffer.from(icon) })
  for (const [path, side, corners] of ICONS) {
    const radius = corners === 'rounded' ? Math.round((side * 18) / 64) : 0
    const part = corners === 'rounded' ? 0.75 : SAFE
    pictures.set(path, await draw({ ground, mark, width: side, height: side, part, radius }))
  }
  const { path, ...size } = PREVIEW
  pictures.set(path, await draw({ ground, mark, ...size, part: 0.5, radius: 0 }))
  pictures.set(MANIFEST, manifestOf(name, colour?.exact))
  if (logo) pictures.set(brandLogoPath(logo), logo)
  return pictures
}

function manifestOf(name: string | null, colour: string | undefined): Picture {
  const manifest = {
    ...(JSON.parse(readFileSync(`public${MANIFEST}`, 'utf8')) as object),
    ...(name !== null && { name, short_name: name }),
    ...(colour && { theme_color: colour }),
  }
  return { type: 'application/manifest+json', bytes: Buffer.from(JSON.stringify(manifest)) }
}

type Drawing = {
  ground: string
  mark: string
  width: number
  height: number
  /** How much of the height the mark has. */
  part: number
  radius: number
}

/** Next brings along what draws SVG; it is loaded by who needs it. */
async function draw({ ground, mark, width, height, part, radius }: Drawing): Promise<Picture> {
  const { ImageResponse } = await import('next/og.js')
  const [wide, high] = [Math.round(width * Math.min(part, 0.8)), Math.round(height * part)]
  const element = (type: string, props: object) => ({ type, props, key: null })
  const answer = new ImageResponse(
    element('div', {
      style: {
        width: '100%',
        height: '100%',
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        background: ground,
        borderRadius: radius,
      },
      children: element('img', { src: mark, width: wide, height: high, style: { objectFit: 'contain' } }),
    }),
    { width, height },
  )
  return { type: 'image/png', bytes: Buffer.from(await answer.arrayBuffer()) }
}

const markOf = (ink: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="8 7 48 48"><path d="${MARK}" fill="${ink}" stroke="${ink}" stroke-width="4" stroke-linejoin="round"/></svg>`

const dataUrl = ({ type, bytes }: Picture) => `data:${type};base64,${bytes.toString('base64')}`
