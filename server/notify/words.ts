import type { ToldStatus } from '#contracts/push.ts'

type Said = Record<ToldStatus, { title: string; body: string }>

/** As the customer's page says it (app/_tracking), without its places and names. The first language is for readers of none of them. */
const WORDS = {
  en: {
    picked_up: { title: 'On the way to you', body: 'Your rider has picked up your order.' },
    arriving: { title: 'Almost there', body: 'Your rider is close to your door.' },
    delivered: { title: 'Delivered. Enjoy!', body: 'Your order has arrived.' },
    failed: { title: 'Your order could not be handed over', body: 'Open the page to see whom to ask.' },
  },
  ko: {
    picked_up: { title: '고객님께 가고 있어요', body: '라이더가 주문을 픽업했어요.' },
    arriving: { title: '거의 다 왔어요', body: '라이더가 곧 문 앞에 도착해요.' },
    delivered: { title: '배달이 완료됐어요', body: '주문이 도착했어요.' },
    failed: { title: '주문을 전해 드리지 못했어요', body: '문의할 곳은 배달 화면에서 볼 수 있어요.' },
  },
} as const satisfies Record<string, Said>

/** The words for a reader of this language (BCP 47), and which language they are in. */
export function wordsFor(language: string, status: ToldStatus) {
  const [primary = ''] = language.toLowerCase().split('-', 1)
  const spoken = primary in WORDS ? (primary as keyof typeof WORDS) : 'en'
  return { language: spoken, ...WORDS[spoken][status] }
}
