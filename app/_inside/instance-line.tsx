'use client'
import { Pill } from '#app/_ui/pill.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { useInside, useWatch } from './inside-context.tsx'

const BROKERS: Record<'embedded' | 'kafka', Text> = {
  embedded: { en: 'embedded broker', ko: '내장 브로커' },
  kafka: { en: 'Apache Kafka', ko: 'Apache Kafka' },
}

const FULL = {
  en: 'All places here are taken; trying again…',
  ko: '지금은 접속자가 많습니다. 다시 시도하는 중…',
}

const customersWords = (count: number): Text => ({
  en: count === 1 ? '1 customer' : '{count} customers',
  ko: '고객 {count}명',
  values: { count },
})

/** The instance that answers this page, its broker, and how many customers are connected to it. */
export function InstanceLine() {
  const { connection } = useInside()
  const state = useWatch('instance:state', {})
  const say = useSay()
  if (connection !== 'connected' || !state)
    return (
      <Pill tone="warn" dot testId="instance">
        {say(connection === 'full' ? FULL : { en: 'Connecting…', ko: '연결 중…' })}
      </Pill>
    )
  return (
    <Pill tone="accent" dot testId="instance">
      <code data-testid="instance-id" className="font-sans">
        {state.instanceId}
      </code>
      <span className="hidden sm:inline">
        <span>{` · ${say(BROKERS[state.broker])} · `}</span>
        <span>{say(customersWords(state.customers))}</span>
      </span>
    </Pill>
  )
}
