import { createHash } from 'node:crypto'

/**
 * What a page may load and whom it may call: itself, and images from where the tiles come. Inline scripts run only
 * with the nonce of their answer. The one inline style of the built pages is the brand's colours; Leaflet and React set
 * styles through the DOM, which no policy forbids. The customer's page may be framed by the sites that are named, every other page by
 * this site alone: it shows two of them side by side.
 */
export function contentSecurityPolicy({
  production,
  tileUrl,
  embedOrigins,
  brand: { css },
}: {
  production: boolean
  /** Leaflet URL template */
  tileUrl: string | null
  embedOrigins: readonly string[]
  brand: { css: string | null }
}): PagePolicy {
  const images = ["'self'", 'data:', ...tileSources(tileUrl)].join(' ')
  const style =
    css === null ? "'self'" : `'self' 'sha256-${createHash('sha256').update(css).digest('base64')}'`
  const policy = (ancestors: readonly string[], script: string, style: string, connect: string) =>
    [
      "default-src 'none'",
      `script-src ${script}`,
      `style-src ${style}`,
      `img-src ${images}`,
      "font-src 'self'",
      // Same-origin WebSockets are included (CSP 3 §6.7.2.8; Chromium, Firefox, Safari from 15.4).
      `connect-src ${connect}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "frame-src 'self'",
      ['frame-ancestors', "'self'", ...ancestors].join(' '),
      "form-action 'self'",
      "base-uri 'none'",
      "object-src 'none'",
    ].join('; ')

  return (path, nonce) => {
    const ancestors = isEmbeddable(path) ? embedOrigins : []
    // Hot reloading evaluates code and puts styles into the page.
    return production
      ? policy(ancestors, `'self' 'nonce-${nonce}'`, style, "'self'")
      : policy(ancestors, "'self' 'unsafe-inline' 'unsafe-eval'", "'self' 'unsafe-inline'", "'self' ws: wss:")
  }
}

/** The policy of one answer, by the path of the page. */
export type PagePolicy = (path: string, nonce: string) => string

/** The customer's page, and nothing else. */
export const isEmbeddable = (path: string) => /^\/track\/[\w-]+$/.test(path)

/** `{s}` stands for one of several hosts. A template of this site itself has no host, and needs none. */
function tileSources(tileUrl: string | null): string[] {
  const origin = /^(https?:\/\/)([^/]+)/i.exec(tileUrl ?? '')
  const [, scheme = '', host = ''] = origin ?? []
  const source = scheme + host.replace(/^\{s\}(?=\.)/, '*')
  return /^https?:\/\/[*A-Za-z0-9.:[\]-]+$/i.test(source) ? [source] : []
}
