import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { GROUND, PRODUCT } from '#app/_ui/brand-name.ts'
import { services } from '#server/delivery/services.ts'

/** Makes the pages installable. They start at `/`: a link with a token in it has no business in a file that anyone may read. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { name: brand, colour } = services().publicConfig.brand
  const name = brand ?? PRODUCT
  const icon = (src: string, sizes: string, purpose: 'any' | 'maskable' = 'any') =>
    ({ src, sizes, type: src.endsWith('.svg') ? 'image/svg+xml' : 'image/png', purpose }) as const
  return {
    id: '/',
    name,
    short_name: name,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: GROUND.light,
    theme_color: colour ?? GROUND.light,
    icons: [
      icon('/icon.svg', 'any'),
      icon('/icons/icon-192.png', '192x192'),
      icon('/icons/icon-512.png', '512x512'),
      icon('/icons/maskable-512.png', '512x512', 'maskable'),
    ],
  }
}
