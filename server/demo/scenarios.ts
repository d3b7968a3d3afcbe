import type { LatLng, Place } from '#contracts/place.ts'
import { parsePoints } from '#demo-city/parse-points.ts'
import { SCENARIO_ROUTES } from './scenario-routes.ts'

export type Scenario = {
  id: string
  title: { en: string; ko: string }
  store: Place
  destination: Place
  riderName: string
  customerName: string
  /** Crossings the rider passes, by their key in packages/demo-city/src/crossings.ts. */
  via: readonly string[]
  /** Along the streets of the demo area, from the store's door to the customer's; 2–4 km. */
  route: LatLng[]
}

/** Invented shops and people; the streets are Gangnam's. */
const ORDERS: readonly (Omit<Scenario, 'id' | 'route'> & { id: keyof typeof SCENARIO_ROUTES })[] = [
  {
    id: 'bibimbap',
    title: { en: 'Bibimbap to Samseong-dong', ko: '삼성동으로 가는 비빔밥' },
    store: { name: 'Onmaru Bibimbap · 온마루 비빔밥', lat: 37.49945, lng: 127.02985 },
    destination: {
      name: 'Seolleung-ro 112-gil 7, Samseong-dong · 삼성동 선릉로112길 7',
      lat: 37.51172,
      lng: 127.04812,
    },
    riderName: 'Han Seo-jun · 한서준',
    customerName: 'Yoon Ha-eun · 윤하은',
    via: ['teheran/nonhyeon', 'teheran/eonju', 'bongeunsa/eonju', 'bongeunsa/seolleung'],
  },
  {
    id: 'bakery',
    title: { en: 'Bakery to Yeoksam-dong', ko: '역삼동으로 가는 빵' },
    store: { name: 'Bom Bakery · 봄 베이커리', lat: 37.52385, lng: 127.03795 },
    destination: {
      name: 'Bongeunsa-ro 50-gil 12, Yeoksam-dong · 역삼동 봉은사로50길 12',
      lat: 37.50505,
      lng: 127.0389,
    },
    riderName: 'Lim Do-yun · 임도윤',
    customerName: 'Seo Ji-an · 서지안',
    via: ['dosan/seolleung', 'hakdong/seolleung', 'hakdong/eonju', 'bongeunsa/eonju'],
  },
  {
    id: 'coffee',
    title: { en: 'Coffee to Daechi-dong', ko: '대치동으로 가는 커피' },
    store: { name: 'Slow Harbor Coffee · 느린항구 커피', lat: 37.5075, lng: 127.0603 },
    destination: { name: 'Hanti-gil 21, Daechi-dong · 대치동 한티길 21', lat: 37.49735, lng: 127.05565 },
    riderName: 'Kang Min-ji · 강민지',
    customerName: 'Oh Tae-yang · 오태양',
    via: ['teheran/yeongdong', 'yeoksam/yeongdong', 'yeoksam/samseong', 'dogok/samseong'],
  },
  {
    id: 'chicken',
    title: { en: 'Chicken to Cheongdam-dong', ko: '청담동으로 가는 치킨' },
    store: { name: 'Golden Rooster Chicken · 금닭치킨', lat: 37.51455, lng: 127.02265 },
    destination: {
      name: 'Cheongdam-ro 18, Cheongdam-dong · 청담동 청담로 18',
      lat: 37.52225,
      lng: 127.04672,
    },
    riderName: 'Baek Joon-ho · 백준호',
    customerName: 'Nam So-ri · 남소리',
    via: ['dosan/gangnam', 'dosan/nonhyeon', 'dosan/eonju', 'dosan/seolleung'],
  },
  {
    id: 'noodles',
    title: { en: 'Noodles to Yeoksam-dong', ko: '역삼동으로 가는 칼국수' },
    store: { name: 'Halmi Kalguksu · 할미칼국수', lat: 37.48745, lng: 127.03545 },
    destination: {
      name: 'Teheran-ro 25-gil 9, Yeoksam-dong · 역삼동 테헤란로25길 9',
      lat: 37.50395,
      lng: 127.03535,
    },
    riderName: 'Jung Ara · 정아라',
    customerName: 'Moon Hyun-woo · 문현우',
    via: ['dogok/nonhyeon', 'yeoksam/nonhyeon', 'teheran/nonhyeon'],
  },
  {
    id: 'tteokbokki',
    title: { en: 'Tteokbokki to Daechi-dong', ko: '대치동으로 가는 떡볶이' },
    store: { name: 'Dalbit Tteokbokki · 달빛떡볶이', lat: 37.52062, lng: 127.05492 },
    destination: {
      name: 'Teheran-ro 78-gil 16, Daechi-dong · 대치동 테헤란로78길 16',
      lat: 37.5041,
      lng: 127.0533,
    },
    riderName: 'Shin Yu-ri · 신유리',
    customerName: 'Choi Eun-woo · 최은우',
    via: ['hakdong/yeongdong', 'bongeunsa/yeongdong', 'bongeunsa/samseong', 'teheran/samseong'],
  },
]

/** The deliveries a demo can start with. */
export const SCENARIOS: readonly Scenario[] = ORDERS.map((order) => ({
  ...order,
  route: parsePoints(SCENARIO_ROUTES[order.id]),
}))
