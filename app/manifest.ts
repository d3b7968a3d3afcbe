import type { MetadataRoute } from 'next'
import { BRAND } from '#app/_ui/brand.ts'

/** Makes the pages installable. They start at `/`: a link with a token in it has no business in a file that anyone may read. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (src: string, sizes: string, purpose: 'any' | 'maskable' = 'any') =>
    ({ src, sizes, type: src.endsWith('.svg') ? 'image/svg+xml' : 'image/png', purpose }) as const
  return {
    id: '/',
    name: BRAND.name,
    short_name: BRAND.name,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: BRAND.ground.light,
    theme_color: BRAND.ground.light,
    icons: [
      icon('/icon.svg', 'any'),
      icon('/icons/icon-192.png', '192x192'),
      icon('/icons/icon-512.png', '512x512'),
      icon('/icons/maskable-512.png', '512x512', 'maskable'),
    ],
  }
}
