/** The server's clock by the `Date` header of its answer, good to about a second (RFC 9110 §6.6.1). null: it has none. */
export function dateOf(response: Response): number | null {
  const atMs = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(atMs) ? null : atMs
}
