'use client'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { rankByAttention } from '#domain/attention.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { useBoard } from '../receiving/use-board.ts'
import { type Filter, matches, passes } from '../state/filter.ts'
import { WORDS } from '../words.ts'
import { CreateOrders } from './create-orders.tsx'
import { DeliveryList } from './delivery-list.tsx'
import { EveningButton } from './evening-button.tsx'
import { ListControls } from './list-controls.tsx'
import { Sheet } from './sheet.tsx'
import { TopBar, type View } from './top-bar.tsx'
import { useOpened } from './use-opened.ts'

const BoardMap = dynamic(() => import('./board-map.tsx').then((module) => module.BoardMap), { ssr: false })

/** Every running delivery in one list and on one map. A phone shows one of the two. */
export function Board({ tiles }: { tiles: Tiles }) {
  const { demo, token, onRefused } = useDispatcher()
  const { state, nowMs, socket, clock } = useBoard(token)
  const [filter, setFilter] = useState<Filter>('all')
  const [query, setQuery] = useState('')
  const [view, setView] = useState<View>('list')
  const [selected, setSelected] = useState<string | null>(null)
  const say = useSay()
  const cameFrom = useRef<Element | null>(null)

  const { connection, deliveries } = state
  useEffect(() => {
    if (connection === 'refused') onRefused()
  }, [connection, onRefused])

  const ranked = useMemo(() => rankByAttention(deliveries?.values() ?? [], nowMs), [deliveries, nowMs])
  const found = useMemo(() => ranked.filter(({ delivery }) => matches(delivery, query)), [ranked, query])
  const shown = useMemo(() => found.filter((each) => passes(each, filter)), [found, filter])
  const chosen = selected === null ? undefined : ranked.find(({ delivery }) => delivery.id === selected)
  const opened = useOpened({ deliveryId: selected, status: chosen?.delivery.status, socket, clock })

  const select = useCallback((id: string) => {
    cameFrom.current = document.activeElement
    setSelected(id)
  }, [])
  const close = useCallback(() => {
    setSelected(null)
    if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus()
  }, [])
  useEffect(() => {
    if (selected === null) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [selected, close])

  return (
    <div
      className="flex h-dvh min-h-[480px] flex-col bg-canvas"
      data-testid="board"
      data-connection={connection}
      data-count={deliveries?.size ?? ''}
    >
      <TopBar connection={connection} view={view} onView={setView}>
        <CreateOrders tiles={tiles} near={ranked[0]?.delivery.store ?? null} />
      </TopBar>
      <main className="relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-[minmax(340px,400px)_minmax(0,1fr)]">
        <section
          aria-label={say(WORDS.deliveries)}
          className={`min-h-0 flex-col border-line bg-surface md:flex md:border-r ${view === 'list' ? 'flex' : 'hidden'}`}
        >
          <ListControls
            found={found}
            shown={shown.length}
            all={ranked.length}
            filter={filter}
            onFilter={setFilter}
            query={query}
            onQuery={setQuery}
          />
          <DeliveryList
            ranked={shown}
            selected={selected}
            onSelect={select}
            empty={
              deliveries === null
                ? WORDS.connecting
                : ranked.length === 0
                  ? WORDS.nothingRuns
                  : WORDS.nothingFound
            }
          />
          {demo && <EveningButton socket={socket} isConnected={connection === 'connected'} />}
        </section>
        <div className={`relative min-h-0 md:block ${view === 'map' ? 'block' : 'hidden'}`}>
          <BoardMap ranked={shown} selected={selected} opened={opened} tiles={tiles} onSelect={select} />
        </div>
        {selected !== null && (
          <Sheet key={selected} chosen={chosen} opened={opened} nowMs={nowMs} onClose={close} />
        )}
      </main>
    </div>
  )
}
