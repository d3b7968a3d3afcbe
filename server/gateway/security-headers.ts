/** Sent with every answer. A tracking path leads to a customer's home, so no other site gets it; tile servers get the origin that they ask for. */
const ALWAYS: readonly Header[] = [
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  // The side-by-side page frames this site's pages; another site at most the customer's (EMBED_ORIGINS).
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  // No page of another site may have an answer of ours, not even as an opaque one.
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'geolocation=(self), camera=(), microphone=()'],
  // For data; pages get one that lets them work.
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
]
/** Only behind TLS: said over plain HTTP it is ignored (RFC 6797 §8.1), and on localhost it would be a nuisance. */
const BEHIND_TLS: readonly Header[] = [...ALWAYS, ['Strict-Transport-Security', 'max-age=31536000']]

type Header = readonly [name: string, value: string]
const [always, behindTls] = [ALWAYS.flat(), BEHIND_TLS.flat()]

/** Names and values in turn. */
export function securityHeaders({ secure }: { secure: boolean }): readonly string[] {
  return secure ? behindTls : always
}
