'use client'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import { type Ranked, rankByAttention } from '#domain/attention.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { useBoard } from '../receiving/use-board.ts'
import { type Ended, useEnded } from '../receiving/use-ended.ts'
import { useReceiversOff } from '../receiving/use-receivers-off.ts'
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

/** A rider whose delivery has ended is not on the map. */
const NOBODY: readonly Ranked<BoardDelivery>[] = []

const emptyOf = ({ deliveries, failed }: Ended): Text =>
  failed
    ? WORDS.endedAway
    : deliveries === null
      ? WORDS.loading
      : deliveries.length === 0
        ? WORDS.nothingEnded
        : WORDS.nothingFound

/** Every running delivery in one list and on one map. A phone shows one of the two. */
export function Board({ tiles }: { tiles: Tiles }) {
  const { demo, token, onRefused } = useDispatcher()
  const { state, nowMs, socket, clock } = useBoard(token)
  const [filter, setFilter] = useState<Filter>('all')
  const [query, setQuery] = useState('')
  const [view, setView] = useState<View>('list')
  const [selected, setSelected] = useState<string | null>(null)
  const say = useSay()
  const receiversOff = useReceiversOff()
  const cameFrom = useRef<Element | null>(null)

  const { connection, deliveries } = state
  useEffect(() => {
    if (connection === 'refused') onRefused()
  }, [connection, onRefused])

  const ranked = useMemo(() => rankByAttention(deliveries?.values() ?? [], nowMs), [deliveries, nowMs])
  const found = useMemo(() => ranked.filter(({ delivery }) => matches(delivery, query)), [ranked, query])
  const isOver = filter === 'ended'
  const over = useEnded(isOver)
  const ended = useMemo(
    () =>
      (over.deliveries ?? [])
        .map((delivery) => ({ delivery, attention: null }))
        .filter(({ delivery }) => matches(delivery, query)),
    [over.deliveries, query],
  )
  const shown = useMemo(
    () => (isOver ? ended : found.filter((each) => passes(each, filter))),
    [isOver, ended, found, filter],
  )
  const chosen = selected === null ? undefined : ranked.find(({ delivery }) => delivery.id === selected)
  const listed = selected === null ? undefined : over.deliveries?.find(({ id }) => id === selected)
  const status = (chosen?.delivery ?? listed)?.status
  const opened = useOpened({ deliveryId: selected, status, socket, clock })
  const gone = listed ?? opened.ended ?? undefined

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
      // What lies over the board is closed first.
      if (document.querySelector('dialog[open]')) return
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
      <TopBar receiversOff={receiversOff} connection={connection} view={view} onView={setView}>
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
            all={isOver ? (over.deliveries?.length ?? 0) : ranked.length}
            filter={filter}
            onFilter={setFilter}
            query={query}
            onQuery={setQuery}
          />
          <DeliveryList
            ranked={shown}
            selected={selected}
            onSelect={select}
            label={isOver ? WORDS.endedDeliveries : WORDS.deliveries}
            empty={
              isOver
                ? emptyOf(over)
                : deliveries === null
                  ? WORDS.connecting
                  : ranked.length === 0
                    ? WORDS.nothingRuns
                    : WORDS.nothingFound
            }
          />
          {isOver && over.hasMore && (
            <div className="border-t border-line p-3">
              <Button className="w-full" inactive={over.isBusy} onClick={over.more}>
                {say(over.failed ? WORDS.endedAway : WORDS.showMore)}
              </Button>
            </div>
          )}
          {demo && !isOver && <EveningButton socket={socket} isConnected={connection === 'connected'} />}
        </section>
        <div className={`relative min-h-0 md:block ${view === 'map' ? 'block' : 'hidden'}`}>
          <BoardMap
            ranked={isOver ? NOBODY : shown}
            selected={selected}
            chosen={chosen?.delivery ?? gone}
            opened={opened}
            tiles={tiles}
            onSelect={select}
          />
        </div>
        {selected !== null && (
          <Sheet
            key={selected}
            chosen={chosen}
            ended={gone}
            opened={opened}
            nowMs={nowMs}
            tiles={tiles}
            onClose={close}
          />
        )}
      </main>
    </div>
  )
}
