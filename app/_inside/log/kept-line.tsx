import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LogState } from '#contracts/inside/log.ts'

const HOUR_MS = 3_600_000

/** How long the log keeps what it is told, and how long the database does: two clocks that do not know of each other. */
export function KeptLine({ retentionMs, kept }: Pick<LogState, 'retentionMs' | 'kept'>) {
  const say = useSay()
  const { locationDays, deliveryDays } = kept
  return (
    <p data-testid="kept" className="mt-4 max-w-3xl text-sm text-pretty text-muted">
      {retentionMs !== null && (
        <span>
          {say({
            en: 'The broker keeps a record of this topic for {span}, read or not. ',
            ko: '브로커는 이 토픽의 기록을 읽었든 안 읽었든 {span} 동안 보존합니다. ',
            values: { span: say(lengthOf(retentionMs)) },
          })}
        </span>
      )}
      <span>
        {say({
          en: 'The database keeps the positions of a ride for {locationDays} days after its end, and the delivery for {deliveryDays}.',
          ko: '데이터베이스는 배달이 끝난 뒤 위치를 {locationDays}일, 배달을 {deliveryDays}일 보관합니다.',
          values: { locationDays, deliveryDays },
        })}
      </span>
    </p>
  )
}

function lengthOf(ms: number): Text {
  const hours = ms / HOUR_MS
  if (hours >= 48) return { en: '{hours} days', ko: '{hours}일', values: { hours: Math.round(hours / 24) } }
  if (hours >= 2) return { en: '{hours} hours', ko: '{hours}시간', values: { hours: Math.round(hours) } }
  const minutes = Math.max(1, Math.round(hours * 60))
  return { en: '{minutes} min', ko: '{minutes}분', values: { minutes } }
}
