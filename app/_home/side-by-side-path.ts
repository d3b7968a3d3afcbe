import type { CreateDeliveryAnswer } from '#contracts/http.ts'

/** Both tokens in the fragment, which stays in the browser. */
export function sideBySidePath({ delivery, rider, customer }: CreateDeliveryAnswer): string {
  const tokens = new URLSearchParams({ rider: rider.token, customer: customer.token })
  return `/side-by-side/${encodeURIComponent(delivery.id)}#${tokens}`
}
