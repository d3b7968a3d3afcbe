'use client'
import { useEffect, useState } from 'react'
import { type TrackingState, useTracking } from '#app/_tracking/index.ts'
import { countingWebSocket, type Frames } from './counting-websocket.ts'

type Props = {
  deliveryId: string
  token: string
  /** Counts up while this is mounted. */
  frames: Frames
  onState: (state: TrackingState) => void
}

/** A real customer's connection that counts what it receives. Renders nothing. */
export function PushFeed({ deliveryId, token, frames, onState }: Props) {
  const [transports] = useState(() => [countingWebSocket(frames)])
  const state = useTracking(deliveryId, token, { transports })
  useEffect(() => onState(state), [state, onState])
  return null
}
