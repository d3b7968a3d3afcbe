/** Sent with every answer. A tracking path tells where somebody lives: it goes to no other site, while tiles get the origin they ask for. */
export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  // The side-by-side page frames its own pages; nobody else may.
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Permissions-Policy', 'geolocation=(self), camera=(), microphone=()'],
]
