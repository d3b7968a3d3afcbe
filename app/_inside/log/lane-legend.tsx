import { useSay } from '#app/_words/use-language.tsx'

/** What the marks on the lanes mean. */
export function LaneLegend({ segmentsTold }: { segmentsTold: boolean }) {
  const say = useSay()
  return (
    <p className="mt-5 flex flex-wrap gap-x-5 gap-y-1 text-note text-muted">
      <span>{`▲ ${say({ en: 'committed', ko: '커밋된 오프셋' })}`}</span>
      <span>{`● ${say({ en: 'read next', ko: '다음에 읽을 위치' })}`}</span>
      <span>
        <span className="mr-1.5 inline-block h-3 w-0.5 bg-danger align-middle" aria-hidden="true" />
        <span>{say({ en: 'oldest that retention has left', ko: '보존된 가장 오래된 기록' })}</span>
      </span>
      {segmentsTold ? (
        <span>
          <span className="mr-1.5 inline-block h-3 w-0.5 bg-ink align-middle" aria-hidden="true" />
          <span>{say({ en: 'a segment begins', ko: '세그먼트 시작' })}</span>
        </span>
      ) : (
        <span>
          {say({
            en: 'Segments: not told by Kafka’s API',
            ko: '세그먼트: Kafka API로는 알 수 없습니다',
          })}
        </span>
      )}
    </p>
  )
}
