import { type ListLocationsAnswer, listLocationsAnswerSchema } from '../../../contracts/http.ts'
import type { Location } from '../../../contracts/location.ts'

/** All that the server has of a delivery for the bearer of a link, read page by page as any client would. */
export async function historyOf(url: string, link: { url: string; token: string }): Promise<Location[]> {
  const deliveryId = link.url.split('#')[0]?.split('/').at(-1)
  const found: Location[] = []
  for (let after: number | null = 0; after !== null; ) {
    const response = await fetch(`${url}/api/deliveries/${deliveryId}/locations?afterSeq=${after}`, {
      headers: { authorization: `Bearer ${link.token}` },
    })
    const page: ListLocationsAnswer = listLocationsAnswerSchema.parse(await response.json())
    found.push(...page.locations)
    after = page.nextAfterSeq
  }
  return found
}
