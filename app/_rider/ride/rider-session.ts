import type { ServerClock } from '#app/_http/server-clock.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Fix } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { createCaptureTimes } from '../gps/capture-times.ts'
import { createPositionSource } from '../gps/position-source.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { startSending } from '../sending/send-locations.ts'
import { createAnswerHandlers } from './answer-handlers.ts'
import { changeStatus, type ToldAtEnd } from './change-status.ts'
import { keepScreenAwake } from './keep-screen-awake.ts'
import type { KeptRideStore } from './kept-ride.ts'
import { PIN_ASKED, type RiderState, reopenedRider, reportEveryMs } from './rider-state.ts'
import { createRiderStore } from './rider-store.ts'
import { runRide } from './run-ride.ts'
import { middleMs, watchArrival } from './watch-arrival.ts'
import { watchPhoneApp } from './watch-phone-app.ts'
import { watchWay } from './watch-way.ts'

export type RiderSession = {
  get(): RiderState
  subscribe(onChange: () => void): () => void
  startRide(): Promise<void>
  pauseRide(): void
  /** Resolves with whether the delivery has that status now. */
  setStatus(status: DeliveryStatus, told?: ToldAtEnd): Promise<boolean>
  setSharing(sharing: boolean): void
  setSpeedFactor(speedFactor: number): void
  setIntervalMs(intervalMs: number): void
  setSource(source: RiderState['source']): void
  /** Makes this device the one that rides, in place of another. */
  takeOver(): void
  /** An app was given a code: it takes over with its first position. */
  expectPhoneApp(): void
  /** What the server says of the delivery, after a start from what an earlier page knew. */
  takeIn(snapshot: Snapshot): void
  stop(): void
}
type Deps = {
  deliveryId: string
  token: string
  deviceId: string
  snapshot: Snapshot
  outbox: Outbox
  clock: ServerClock
  kept: KeptRideStore
  start: LatLng | null
  /** Where positions come from until the rider chooses. */
  firstSource: RiderState['source']
}

/** All that runs while a rider has a delivery: the ride, the readings, the sending. Independent of React. */
export function startRiderSession(deps: Deps): RiderSession {
  const { deliveryId, token, deviceId, snapshot, outbox, clock, kept, start, firstSource } = deps
  const { delivery, lastLocation } = snapshot
  const store = createRiderStore(
    reopenedRider(delivery.status, clock.nowMs(), kept.read(), firstSource),
    kept,
  )
  const { get, set } = store
  set({
    arrivalMs: middleMs(snapshot.eta),
    endReason: delivery.reason ?? null,
    pin: snapshot.asksPin ? PIN_ASKED : null,
  })
  const source = createPositionSource(delivery, { start, nowMs: performance.now() })
  const newestAtMs = Math.max(outbox.newest()?.recordedAtMs ?? 0, lastLocation?.recordedAtMs ?? 0)
  const times = createCaptureTimes(delivery.createdAtMs, newestAtMs || null)
  const onAnswers = createAnswerHandlers({ deliveryId, token, delivery, outbox, clock, store })
  const stopKeepingAwake = keepScreenAwake(store)
  const wayWatch = watchWay({ deliveryId, token, route: delivery.route, clock, store })
  const stopWatching = watchPhoneApp({ deliveryId, token, clock, store, onDelivery: wayWatch.read })
  const arrivalWatch = watchArrival({ deliveryId, token, clock, store })
  const onRecorded = (fix: Fix) => {
    sender.wake()
    wayWatch.recorded(fix)
  }
  const run = runRide({ store, source, outbox, clock, times, onRecorded })
  const sender = startSending({
    ...{ deliveryId, token, deviceId, outbox, clock, ...onAnswers },
    onPost(post) {
      onAnswers.onPost(post)
      // A customer has just begun to look on, say: the next report is not to wait for the old rate.
      run.dueWithin(reportEveryMs(get()))
      if (!post.failure) arrivalWatch.posted()
    },
  })

  function share() {
    if (get().sharing) return
    sender.claim()
    run.dueWithin(0)
    set({ sharing: true })
  }

  async function setStatus(status: DeliveryStatus, told?: ToldAtEnd) {
    const isDone = await changeStatus({ status, ...told }, { deliveryId, token, outbox, store })
    if (isDone && !isEnded(get().status) && !get().phoneApp) {
      share()
      // Before the pick-up reports may be seldom; from it on a customer waits for the first.
      if (get().source === 'device') run.dueWithin(0)
    }
    return isDone
  }

  async function startRide() {
    if (get().status === 'accepted') await setStatus('picked_up')
    if (get().status !== 'picked_up' && get().status !== 'arriving') return
    set({ riding: true })
    share()
  }

  function takeOver() {
    set({ otherDevice: false, phoneApp: false, newestAtMs: null, trouble: null })
    share()
    set({ riding: onAnswers.wasRiding() })
  }

  function takeFrom(next: RiderState['source']) {
    set({ gps: null })
    source.switchToDevice(next === 'device', (gps) => set({ gps }))
  }

  if (get().source === 'device' && !isEnded(delivery.status)) takeFrom('device')
  outbox.onChange(() => set({ waiting: outbox.waiting(), storage: outbox.storage() }))
  set({ waiting: outbox.waiting(), storage: outbox.storage() })
  const backOnline = () => {
    set({ sending: 'fine' })
    sender.retryNow()
  }
  const gotOffline = () => set({ sending: 'offline' })
  window.addEventListener('online', backOnline)
  window.addEventListener('offline', gotOffline)

  return {
    get,
    subscribe: store.subscribe,
    startRide,
    pauseRide: () => set({ riding: false }),
    setStatus,
    setSharing: (sharing) => (sharing ? share() : set({ sharing: false, riding: false })),
    setSpeedFactor: (speedFactor) => set({ speedFactor }),
    setIntervalMs(intervalMs) {
      run.dueWithin(intervalMs)
      set({ intervalMs })
    },
    setSource(next) {
      takeFrom(next)
      set({ source: next, position: null, recordedAtMs: null, riding: false })
    },
    takeOver,
    expectPhoneApp: () => set({ phoneApp: true }),
    takeIn: onAnswers.takeIn,
    stop() {
      window.removeEventListener('online', backOnline)
      window.removeEventListener('offline', gotOffline)
      stopKeepingAwake()
      stopWatching()
      run.stop()
      wayWatch.stop()
      arrivalWatch.stop()
      sender.stop()
      source.stop()
      outbox.close()
      store.clear()
    },
  }
}
