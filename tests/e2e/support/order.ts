import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '../../../contracts/http.ts'

/** An order with places and people of its own, as a shop sends it. */
export async function order(url: string, more: object = {}): Promise<CreateDeliveryAnswer> {
  const answer = await fetch(`${url}/api/deliveries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      store: { name: 'Kimbap House', lat: 37.4979, lng: 127.0276 },
      destination: { name: 'Teheran-ro 152, 3F', lat: 37.5003, lng: 127.0365 },
      rider: { name: 'Minsu' },
      customer: { name: 'Jiwoo' },
      ...more,
    }),
  })
  return createDeliveryAnswerSchema.parse(await answer.json())
}
