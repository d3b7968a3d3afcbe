/** Where a delivery is in the API, or what lies below it, e.g. `/locations`. */
export function deliveryPath(deliveryId: string, below = ''): string {
  return `/api/deliveries/${encodeURIComponent(deliveryId)}${below}`
}
