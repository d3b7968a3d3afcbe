import { z } from 'zod'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { pushAnswerSchema } from '#contracts/push.ts'

/** Whether this browser can be told with the page closed: by itself, and as far as its reader has decided. */
export function mayHavePush(): boolean {
  return (
    'serviceWorker' in navigator &&
    'PushManager' in window &&
    'Notification' in window &&
    Notification.permission !== 'denied'
  )
}

export type WebPush = {
  /** Whether the server tells this browser of this delivery. */
  isOn: boolean
  /** To be called by a tap, without waiting before. Rejects when it did not work. */
  switchOn(language: string): Promise<'on' | 'denied'>
  switchOff(): Promise<void>
}

/** Resolves with null where messages cannot be had: no worker, or the server sends none. */
export async function openWebPush(deliveryId: string, token: string): Promise<WebPush | null> {
  const path = deliveryPath(deliveryId, '/push-subscription')
  const { pushManager } = await navigator.serviceWorker.ready
  const answer = await callApi(pushAnswerSchema, path, { token })
  if (!answer.ok) return null
  const { publicKey, devices } = answer.value
  const change = async (method: 'PUT' | 'DELETE', body: object) => {
    const changed = await callApi(z.unknown(), path, { method, token, body })
    if (!changed.ok) throw new Error(changed.detail)
  }
  const own = await pushManager.getSubscription()
  return {
    isOn:
      own !== null && Notification.permission === 'granted' && devices.includes(await digestOf(own.endpoint)),
    async switchOn(language) {
      if ((await Notification.requestPermission()) !== 'granted') return 'denied'
      const subscription = await subscribe(pushManager, publicKey)
      await change('PUT', { ...subscription.toJSON(), language })
      return 'on'
    },
    /** The browser keeps its subscription: other deliveries may be told by it. */
    async switchOff() {
      const subscription = await pushManager.getSubscription()
      if (subscription) await change('DELETE', { endpoint: subscription.endpoint })
    },
  }
}

async function subscribe(pushManager: PushManager, applicationServerKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey }
  try {
    return await pushManager.subscribe(options)
  } catch (cause) {
    // It has one that was made with an earlier key of the server.
    const old = await pushManager.getSubscription()
    if (!old) throw cause
    await old.unsubscribe()
    return await pushManager.subscribe(options)
  }
}

/** As the server tells of it: SHA-256 in base64url. */
async function digestOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
