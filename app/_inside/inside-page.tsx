'use client'
import { useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { AskToken } from '#app/_ui/ask-token.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { Chapter } from './chapter.tsx'
import { ChapterNav } from './chapter-nav.tsx'
import { chapters } from './chapters.ts'
import { DeliveryBar } from './delivery-bar.tsx'
import { DeliveryProvider } from './delivery-context.tsx'
import { InsideProvider, useInside } from './inside-context.tsx'
import { InstanceLine } from './instance-line.tsx'
import { PageContext } from './page-context.ts'

/** Eight chapters on what happens behind the map, shown on the running system. */
export function InsidePage({ demo, tiles }: { demo: boolean; tiles: Tiles }) {
  useTitle(TITLES.inside)
  const [token, setToken] = useState<string | null>(null)
  return (
    <PageContext value={{ demo, tiles }}>
      {demo || token !== null ? (
        <InsideProvider key={token} token={token}>
          <Opened onToken={setToken} />
        </InsideProvider>
      ) : (
        <Ask wasRefused={false} onToken={setToken} />
      )}
    </PageContext>
  )
}

function Opened({ onToken }: { onToken: (token: string) => void }) {
  const { connection } = useInside()
  const say = useSay()
  if (connection === 'refused') return <Ask wasRefused onToken={onToken} />
  return (
    <DeliveryProvider>
      <TopBar />
      <main
        className="inside-page mx-auto max-w-6xl px-5 pb-24 sm:px-8"
        data-testid="inside-page"
        data-connection={connection}
      >
        <h1 className="mt-10 text-4xl font-bold tracking-tight text-balance sm:text-5xl">
          {say({ en: 'Inside', ko: '내부 들여다보기' })}
        </h1>
        <p className="mt-4 max-w-3xl text-lg text-pretty text-muted">
          {say({
            en: 'What happens between a rider’s phone and a customer’s map, on the system that is running right now. Every number is read from the real log, the real consumer groups and the real sockets; every lever acts on them.',
            ko: '라이더의 휴대폰에서 고객의 지도까지 무슨 일이 일어나는지, 지금 돌아가는 시스템으로 보여 줍니다. 모든 숫자는 실제 로그, 실제 컨슈머 그룹, 실제 소켓에서 읽은 값이고, 레버를 당기면 실제로 작동합니다.',
          })}
        </p>
        <div className="mt-10 grid grid-cols-[minmax(0,1fr)] gap-0">
          {chapters.map((chapter, index) => (
            <Chapter key={chapter.id} chapter={chapter} number={index + 1} />
          ))}
        </div>
      </main>
    </DeliveryProvider>
  )
}

/** On a phone only the chapters stay in view; where there is room all of it does. */
function TopBar() {
  return (
    <header className="contents md:sticky md:top-0 md:z-[1100] md:block">
      <div className="bg-canvas px-4 pt-2 sm:px-8">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-5 gap-y-2">
          <Logo />
          <InstanceLine />
          <LanguageSwitch className="ml-auto" />
          <div className="w-full">
            <DeliveryBar />
          </div>
        </div>
      </div>
      <ChapterNav />
    </header>
  )
}

function Ask(props: { wasRefused: boolean; onToken: (token: string) => void }) {
  const say = useSay()
  const title = say({ en: 'Inside', ko: '내부 들여다보기' })
  return <AskToken title={title} go={say({ en: 'Look inside', ko: '들어가기' })} {...props} />
}
