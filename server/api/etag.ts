/** RFC 9110 §13.1.2: a list of tags, compared weakly, or `*` for any. */
export function isKnownVersion(ifNoneMatch: string | null, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes('*') || tags.includes(etag)
}
