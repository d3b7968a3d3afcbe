import type { OpenedDelivery } from '#contracts/dispatch.ts'
import type { Role } from '#contracts/role.ts'
import type { Access } from '../access/access.ts'
import { issueLink } from '../access/issue-link.ts'
import type { LiveDelivery } from '../delivery/live-deliveries.ts'

/**
 * What a delivery's sheet needs beside the board. In the demo no visitor is dispatch, and the board acts with the links
 * that the first page hands to every visitor as well; elsewhere it acts with the dispatch token.
 */
export function openDelivery(
  { tokens, dispatchToken }: Pick<Access, 'tokens' | 'dispatchToken'>,
  { record }: LiveDelivery,
): OpenedDelivery {
  const { delivery, pickedUpAtMs, links, phones, note, customerName } = record
  const opened = {
    ...{ route: delivery.route, pickedUpAtMs, phones },
    ...(note !== null && { note }),
    ...(customerName !== '' && { customer: { name: customerName } }),
  }
  if (dispatchToken !== undefined) return opened
  const issue = (role: Role) => issueLink(tokens, delivery, { role, version: links[role] })
  return { ...opened, links: { rider: issue('rider'), customer: issue('customer') } }
}
