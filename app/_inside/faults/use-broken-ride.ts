'use client'
import { useEffect, useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { type ReplaceLinkBody, replaceLinkAnswerSchema } from '#contracts/http.ts'
import type { Fault, Lever } from '#contracts/inside/faults.ts'
import { useInside } from '../inside-context.tsx'
import { type BrokenRide, endBrokenRide, startBrokenRide } from './start-broken-ride.ts'

export type RideToBreak = {
  ride: BrokenRide | null
  /** The customer's current link. */
  customerToken: string
  /** The current link was made to expire: a new one is due. */
  linkExpires: boolean
  busy: boolean
  trouble: Text | null
  start(): Promise<void>
  stop(): void
  pull(fault: Fault): Promise<void>
  undo(lever: Lever): Promise<void>
  giveNewLink(): Promise<void>
}

/** The chapter's own delivery, and the actions on it. */
export function useBrokenRide(): RideToBreak {
  const { socket } = useInside()
  const [ride, setRide] = useState<BrokenRide | null>(null)
  const [link, setLink] = useState({ token: '', expires: false })
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)

  useEffect(() => (ride ? () => void endBrokenRide(ride) : undefined), [ride])

  async function giveNewLink() {
    if (!ride) return
    const answer = await callApi(replaceLinkAnswerSchema, deliveryPath(ride.delivery.id, '/links'), {
      method: 'POST',
      token: ride.rider.token,
      body: { role: 'customer' } satisfies ReplaceLinkBody,
    })
    setTrouble(answer.ok ? null : problemDetail(answer))
    if (answer.ok) setLink({ token: answer.value.token, expires: false })
  }

  return {
    ride,
    customerToken: link.token,
    linkExpires: link.expires,
    busy,
    trouble,
    giveNewLink,
    async start() {
      if (!socket) return
      setBusy(true)
      const answer = await startBrokenRide(socket)
      setBusy(false)
      setTrouble(answer.ok ? null : problemDetail(answer))
      if (!answer.ok) return
      setRide(answer.value)
      setLink({ token: answer.value.customer.token, expires: false })
    },
    stop: () => setRide(null),
    async pull(fault) {
      const answer = await socket?.call('faults:pull', { fault })
      if (!answer) return
      setTrouble(answer.ok ? null : problemDetail(answer))
      if (answer.ok && answer.value.customerToken !== null)
        setLink({ token: answer.value.customerToken, expires: true })
    },
    async undo(lever) {
      await socket?.call('faults:undo', { lever })
      if (lever === 'token') await giveNewLink()
    },
  }
}
