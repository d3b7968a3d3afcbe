import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { Delivery } from '#contracts/delivery.ts'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import { isArriving, isEnded } from '#domain/lifecycle.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SenderDeps } from '../sending/send-locations.ts'
import { sendingAfter, withClaim, withPost } from './post-lines.ts'
import { isLaterStatus } from './rider-state.ts'
import type { RiderStore } from './rider-store.ts'

type Deps = {
  deliveryId: string
  token: string
  delivery: Pick<Delivery, 'destination'>
  outbox: Outbox
  clock: ServerClock
  store: RiderStore
}
export type AnswerHandlers = Pick<SenderDeps, 'onPost' | 'onClaim' | 'onOtherDevice' | 'onRefused'> & {
  /** Whether the simulated rider moved when another device took over. */
  wasRiding(): boolean
  /** What the server says of a delivery that this page has open already. */
  takeIn(snapshot: Snapshot): void
}

/** What the server's answers to the sender change on the rider's page. */
export function createAnswerHandlers(deps: Deps): AnswerHandlers {
  const { deliveryId, token, delivery, outbox, clock, store } = deps
  const { get, set } = store
  let maxSeqSent = 0
  let wasRiding = false

  /** Reads the other device's last seq. Without an answer, the next POST's answer tells it and names the seqs taken. */
  async function catchUp() {
    const answer = await callApi(snapshotSchema, deliveryPath(deliveryId), { token, clock })
    if (answer.ok) takeIn(answer.value)
  }

  function takeIn({ delivery: { status }, lastSeq }: Snapshot) {
    outbox.raise(lastSeq)
    // This page may have changed the status meanwhile: never go back to an earlier one.
    if (isLaterStatus(status, get().status)) set({ status })
    if (isEnded(status)) set({ sharing: false, riding: false })
  }

  return {
    onPost(post) {
      const last = post.fixes.at(-1)
      set({
        ...withPost(get(), post, maxSeqSent, clock.nowMs()),
        sending: sendingAfter(post, navigator.onLine),
      })
      maxSeqSent = Math.max(maxSeqSent, last?.seq ?? 0)
      // The server decides this by the same rule, from the same point.
      const isNear = !post.failure && last !== undefined && isArriving(last, delivery.destination)
      if (isNear && get().status === 'picked_up') set({ status: 'arriving' })
    },
    onClaim(claim) {
      set(withClaim(get(), claim))
      if (!claim.failure) void catchUp()
    },
    onOtherDevice() {
      wasRiding = get().riding
      // The app that was given a code here has begun to report.
      set({ otherDevice: !get().phoneApp, sharing: false, riding: false })
    },
    onRefused(failure) {
      set({
        refused: { code: failure.code, status: failure.status },
        sharing: false,
        riding: false,
      })
    },
    wasRiding: () => wasRiding,
    takeIn,
  }
}
