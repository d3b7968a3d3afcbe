import { describe, expect, it } from 'vitest'
import { mapAppsAt } from '#app/_rider/screen/map-apps.ts'

const page = { origin: 'https://riders.example', language: 'ko' }

describe('the way in a map app', () => {
  it('[RIDE16] in Korea by the two of Korea first, with what each needs to know', () => {
    const store = { name: '할매국밥, 서면 본점', lat: 35.1577, lng: 129.0594 }
    const [kakao, naver, google, apple] = mapAppsAt(store, page).map(({ href }) => decodeURIComponent(href))
    expect(kakao).toBe('https://map.kakao.com/link/to/할매국밥  서면 본점,35.1577,129.0594')
    expect(naver).toBe(
      'nmap://route/car?dlat=35.1577&dlng=129.0594&dname=할매국밥, 서면 본점&appname=https://riders.example',
    )
    expect(google).toBe('https://www.google.com/maps/dir/?api=1&destination=35.1577,129.0594&hl=ko')
    expect(apple).toBe('https://maps.apple.com/?daddr=35.1577,129.0594&dirflg=d')
  })

  it('[RIDE16] elsewhere without those that have no map there; a name is never more than a name', () => {
    const door = { name: 'a/../b?x=1&dlat=0#y', lat: 52.52, lng: 13.405 }
    expect(mapAppsAt(door, page).map(({ id }) => id)).toEqual(['google', 'apple'])
    const [kakao, naver] = mapAppsAt({ ...door, lat: 37.5, lng: 127 }, page)
    expect(kakao && new URL(kakao.href).pathname).toBe('/link/to/a%2F..%2Fb%3Fx%3D1%26dlat%3D0%23y,37.5,127')
    expect(naver && new URLSearchParams(naver.href.split('?')[1]).get('dlat')).toBe('37.5')
  })
})
