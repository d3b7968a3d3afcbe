/**
 * What a page may load and whom it may call: itself, and images from where the tiles come. Inline scripts run only
 * with the nonce of their answer. Inline styles do not exist in the built pages; Leaflet and React set styles through
 * the DOM, which no policy forbids.
 */
export function contentSecurityPolicy({
  production,
  tileUrl,
}: {
  production: boolean
  /** Leaflet URL template */
  tileUrl: string | null
}): (nonce: string) => string {
  const images = ["'self'", 'data:', ...tileSources(tileUrl)].join(' ')
  const policy = (script: string, style: string, connect: string) =>
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
      "frame-ancestors 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "object-src 'none'",
    ].join('; ')

  // Hot reloading evaluates code and puts styles into the page.
  if (!production)
    return () => policy("'self' 'unsafe-inline' 'unsafe-eval'", "'self' 'unsafe-inline'", "'self' ws: wss:")
  return (nonce) => policy(`'self' 'nonce-${nonce}'`, "'self'", "'self'")
}

/** `{s}` stands for one of several hosts. A template of this site itself has no host, and needs none. */
function tileSources(tileUrl: string | null): string[] {
  const origin = /^(https?:\/\/)([^/]+)/i.exec(tileUrl ?? '')
  const [, scheme = '', host = ''] = origin ?? []
  const source = scheme + host.replace(/^\{s\}(?=\.)/, '*')
  return /^https?:\/\/[*A-Za-z0-9.:[\]-]+$/i.test(source) ? [source] : []
}
