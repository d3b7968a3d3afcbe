'use client'
import { Play } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { useWatch } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'
import { BothPhones } from './both-phones.tsx'
import { Breaker } from './breaker.tsx'
import { Counts } from './counts.tsx'
import { LeverList } from './lever-list.tsx'
import { useBrokenRide } from './use-broken-ride.ts'

/** The breaker, the levers, and their effects: on the two pages and in the counts. */
export function FaultsLive() {
  const say = useSay()
  const { demo } = usePage()
  const state = useWatch('faults:state', {})
  const broken = useBrokenRide()
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid min-w-0 gap-5">
          <Breaker state={state?.breaker ?? null} />
          {demo ? (
            <LeverList state={state} broken={broken} />
          ) : (
            <p
              className="rounded-3xl border border-line bg-surface p-5 text-body text-muted"
              data-testid="no-levers"
            >
              {say({
                en: 'There are no levers here: outside the demo nothing is broken on purpose. The breaker and the counts are those of the running service.',
                ko: '여기에는 레버가 없습니다. 데모가 아닌 곳에서는 아무것도 일부러 고장 내지 않습니다. 브레이커와 숫자는 실제 서비스의 것입니다.',
              })}
            </p>
          )}
        </div>
        {demo && (
          <BothPhones broken={broken}>
            <Button look="accent" size="lg" onClick={broken.start} disabled={broken.busy}>
              <Play className="size-5" aria-hidden="true" />
              <span>{say({ en: 'Start a ride to break', ko: '고장 내 볼 배달 시작' })}</span>
            </Button>
          </BothPhones>
        )}
      </div>
      <Counts state={state} />
    </div>
  )
}
