import type { Role } from '#contracts/role.ts'
import type { Claims } from './access.ts'

/** For each role the version of the link that works. */
export type LinkVersions = Readonly<Record<Role, number>>

export const FIRST_LINKS: LinkVersions = { rider: 1, customer: 1 }

/**
 * Whether the link has been replaced since. A newer one than known is good: it was signed by us, so it is this
 * knowledge that is old.
 */
export function isReplaced(
  { role, version }: Pick<Claims, 'role' | 'version'>,
  links: LinkVersions,
): boolean {
  return version < links[role]
}

/** What is known after hearing of a version: what is older than known changes nothing. */
export function withNewer(links: LinkVersions, role: Role, version: number): LinkVersions {
  return version > links[role] ? { ...links, [role]: version } : links
}

/** Who asks for something that a link alone does not allow: the holder of one, or dispatch itself. */
export type Asker = Claims | 'dispatch'

/** To whom something is shown. */
export type Reader = Role | 'dispatch'

export const readerOf = (asker: Asker): Reader => (asker === 'dispatch' ? asker : asker.role)

/** Dispatch replaces either link; a rider the customer's, never the one that names the rider. */
export function mayReplaceLink(asker: Asker, role: Role): boolean {
  return asker === 'dispatch' || (asker.role === 'rider' && role === 'customer')
}
