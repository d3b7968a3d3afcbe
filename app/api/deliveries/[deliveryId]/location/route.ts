import { deliveryEndpoint, methodNotAllowed } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

/** The polling twin of the push: the newest location, for who asks again and again. */
export const GET = deliveryEndpoint({
  roles: ['customer'],
  async answer({ deliveryId, headers }) {
    const location = await services().currentLocation(deliveryId)
    if (location === null)
      return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
    // (delivery, seq) is the location's identity, so the seq names this version of the answer.
    const etag = `"${location.seq}"`
    const caching = { ETag: etag, 'Cache-Control': 'private, no-cache' }
    if (matches(headers.get('if-none-match'), etag))
      return new Response(null, { status: 304, headers: caching })
    return Response.json(location, { headers: caching })
  },
})

/** RFC 9110 §13.1.2: a list of tags, compared weakly, or `*` for any. */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes('*') || tags.includes(etag)
}

const refuse = methodNotAllowed('GET')

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT }
