import type { Delivery } from '#contracts/delivery.ts'
import type { ReplaceLinkAnswer } from '#contracts/http.ts'
import type { Role } from '#contracts/role.ts'
import type { Tokens } from './tokens.ts'

type Link = Omit<ReplaceLinkAnswer, 'role'>

const PAGES: Record<Role, string> = { rider: 'rider', customer: 'track' }

/** Links carry the token in the fragment, which browsers keep to themselves. */
export function issueLink(
  tokens: Tokens,
  { id: deliveryId, promisedAtMs }: Pick<Delivery, 'id' | 'promisedAtMs'>,
  { role, version }: { role: Role; version: number },
): Link {
  const token = tokens.issue({ deliveryId, role, version, promisedAtMs })
  return { url: `/${PAGES[role]}/${deliveryId}#${token}`, token }
}
