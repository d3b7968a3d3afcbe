import type { Text } from '#app/_words/language.ts'
import type { GpsState } from '../gps/device-gps.ts'
import { type RiderState, reportEveryMs } from '../ride/rider-state.ts'

export type DeviceWords = {
  /** `good`: the server has this device's newest position. */
  tone: 'good' | 'calm' | 'warn'
  what: Text
  /** What to do, or what it means; changes more often than `what`. */
  next: Text
}

const NOT_WORKING: Record<Exclude<GpsState, 'working'>, DeviceWords> = {
  insecure: {
    tone: 'warn',
    what: { en: 'No position over http', ko: 'http에서는 위치를 쓸 수 없어요' },
    next: {
      en: 'Browsers give a page the position only over https. Ask dispatch for a link that starts with https.',
      ko: '브라우저는 https 페이지에만 위치를 알려 줘요. 배차 담당자에게 https로 시작하는 링크를 요청해 주세요.',
    },
  },
  unsupported: {
    tone: 'warn',
    what: { en: 'This browser gives no position', ko: '이 브라우저는 위치를 알려 주지 않아요' },
    next: { en: 'Open the link in another browser.', ko: '다른 브라우저에서 링크를 열어 주세요.' },
  },
  denied: {
    tone: 'warn',
    what: { en: 'This page may not read the position', ko: '위치 권한이 꺼져 있어요' },
    next: {
      en: 'Allow location for this page in the browser’s settings. It then goes on by itself.',
      ko: '브라우저 설정에서 이 페이지의 위치 권한을 허용해 주세요. 허용하면 자동으로 이어져요.',
    },
  },
  asking: {
    tone: 'calm',
    what: { en: 'Waiting for the device’s position', ko: '기기 위치를 기다리고 있어요' },
    next: { en: 'Allow it if the browser asks.', ko: '브라우저가 물어보면 허용해 주세요.' },
  },
  slow: {
    tone: 'warn',
    what: { en: 'The device takes long to find its position', ko: '위치를 찾는 데 시간이 걸리고 있어요' },
    next: {
      en: 'It goes on by itself. Under the open sky it is faster.',
      ko: '찾으면 자동으로 이어져요. 실외에서는 더 빨리 찾아요.',
    },
  },
  unavailable: {
    tone: 'warn',
    what: { en: 'The device does not know where it is', ko: '기기가 위치를 찾지 못했어요' },
    next: {
      en: 'Check that location is switched on. It goes on by itself.',
      ko: '위치 기능이 켜져 있는지 확인해 주세요. 찾으면 자동으로 이어져요.',
    },
  },
  unusable: {
    tone: 'warn',
    what: { en: 'The device gives no usable position', ko: '기기가 보내는 위치를 쓸 수 없어요' },
    next: {
      en: 'Switching location off and on may help. It goes on by itself.',
      ko: '위치 기능을 껐다 켜 보세요. 찾으면 자동으로 이어져요.',
    },
  },
}

/** The device counts as silent after three missed reports, and never before 15 s. */
const MISSED_REPORTS = 3
const SAID_AFTER_MS = 15_000

type Facts = Pick<
  RiderState,
  | 'source'
  | 'gps'
  | 'sharing'
  | 'sending'
  | 'recordedAtMs'
  | 'acknowledgedAtMs'
  | 'askedMs'
  | 'intervalMs'
  | 'nowMs'
>

/** Words for this device's position, from what was last recorded and acknowledged; null while the ride is simulated. */
export function deviceWords(facts: Facts): DeviceWords | null {
  const { source, gps, sharing, sending, recordedAtMs, acknowledgedAtMs, nowMs } = facts
  if (source !== 'device' || gps === null) return null
  if (gps !== 'working') return NOT_WORKING[gps]
  if (!sharing)
    return {
      tone: 'calm',
      what: { en: 'This device’s position is not shared', ko: '이 기기 위치를 공유하지 않고 있어요' },
      next: { en: 'It is known, and kept here.', ko: '위치는 확인됐지만 보내지 않아요.' },
    }
  const limitMs = Math.max(SAID_AFTER_MS, MISSED_REPORTS * reportEveryMs(facts))
  if (recordedAtMs !== null && nowMs - recordedAtMs > limitMs) {
    const seconds = Math.floor((nowMs - recordedAtMs) / 1_000)
    return {
      tone: 'warn',
      what: { en: 'This device is silent', ko: '이 기기에서 위치가 오지 않아요' },
      next: {
        en: 'No position for {seconds} s.',
        ko: '{seconds}초 동안 위치가 없어요.',
        values: { seconds },
      },
    }
  }
  if (sending !== 'fine')
    return {
      tone: 'calm',
      what: { en: 'Recording this device’s position', ko: '이 기기 위치를 기록하고 있어요' },
      next: { en: 'It is sent as soon as it can be.', ko: '보낼 수 있게 되면 바로 보내요.' },
    }
  if (acknowledgedAtMs === null || recordedAtMs === null || nowMs - acknowledgedAtMs > limitMs)
    return {
      tone: 'calm',
      what: { en: 'Sending this device’s position…', ko: '이 기기 위치를 보내고 있어요…' },
      next: { en: 'The server has not confirmed it yet.', ko: '서버가 아직 확인하지 않았어요.' },
    }
  return {
    tone: 'good',
    what: { en: 'Sharing this device’s position', ko: '이 기기 위치를 공유하고 있어요' },
    next: { en: 'The server has the newest one.', ko: '서버에 최신 위치가 도착했어요.' },
  }
}
