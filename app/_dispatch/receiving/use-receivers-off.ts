import { useEffect, useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { readinessAnswerSchema } from '#contracts/operations.ts'

const LOOK_EVERY_MS = 60_000

/** Whether a receiver of webhooks is switched off, as the server says it of itself. */
export function useReceiversOff(): boolean {
  const [isOff, setOff] = useState(false)
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const look = async () => {
      const answer = await callApi(readinessAnswerSchema, '/readyz', { signal })
      if (answer.ok && !signal.aborted) setOff(answer.value.webhooks === 'unavailable')
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [])
  return isOff
}
