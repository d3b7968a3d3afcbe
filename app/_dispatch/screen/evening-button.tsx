'use client'
import { Sparkles } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { clockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { BoardSocket } from '../receiving/board-socket.ts'
import { WORDS } from '../words.ts'

/** The address of the board with which the first page asks for the evening. */
const WANTED = '#evening'

/** In the demo: thirty simulated riders, so that there is something to watch. */
export function EveningButton({ socket, isConnected }: { socket: BoardSocket | null; isConnected: boolean }) {
  const speaker = useLanguage()
  const { say } = speaker
  const [step, setStep] = useState<'idle' | 'busy' | 'failed' | { untilMs: number }>('idle')

  const start = useCallback(async () => {
    setStep('busy')
    const reply = await socket?.startEvening()
    setStep(reply?.ok ? { untilMs: reply.value.untilMs } : 'failed')
  }, [socket])

  useEffect(() => {
    if (!isConnected || window.location.hash !== WANTED) return
    // Once: not again when the page is loaded anew.
    history.replaceState(history.state, '', window.location.pathname)
    void start()
  }, [isConnected, start])

  return (
    <div className="border-t border-line p-3" role="status" data-testid="evening">
      {typeof step === 'object' ? (
        <p className="py-2.5 text-center text-body text-muted">
          {say(WORDS.eveningRuns, { time: clockWords(step.untilMs, speaker) })}
        </p>
      ) : (
        <Button className="w-full" inactive={step === 'busy' || !isConnected} onClick={start}>
          <Sparkles className="size-4" aria-hidden="true" />
          <span>{say(step === 'failed' ? WORDS.eveningFailed : WORDS.evening)}</span>
        </Button>
      )}
    </div>
  )
}
