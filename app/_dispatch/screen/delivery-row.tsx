'use client'
import { memo } from 'react'
import { shortName } from '#app/_words/place-name.ts'
import { dayClockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { Attention } from '#domain/attention.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { attentionWords, etaWords, STATUS_WORDS, WORDS } from '../words.ts'
import { NeedSign, signOf } from './need-sign.tsx'

export const ROW_PX = 80

const NEED_INK = {
  silent: 'text-[var(--fleet-silent)]',
  late: 'text-[var(--fleet-late)]',
  off_way: 'text-[var(--fleet-off-way)]',
} as const

type Props = {
  id: string
  delivery: BoardDelivery
  attention: Attention
  top: number
  position: number
  size: number
  isSelected: boolean
  /** Where the arrow keys are. */
  isActive: boolean
  onSelect: (id: string) => void
}

/** Drawn anew only when something of its own has changed: most of the time another row has. */
export const DeliveryRow = memo(function DeliveryRow({
  id,
  delivery,
  attention,
  top,
  position,
  size,
  ...row
}: Props) {
  const speaker = useLanguage()
  const { language, say } = speaker
  const { isSelected, isActive, onSelect } = row
  const { status, statusAtMs, eta } = delivery
  const when = isEnded(status)
    ? dayClockWords(statusAtMs, Date.now(), speaker)
    : eta && etaWords(eta, speaker)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys for all of its options.
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the listbox points here.
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={size}
      onClick={() => onSelect(delivery.id)}
      data-delivery={delivery.id}
      data-need={attention?.need ?? ''}
      data-received-at={delivery.lastLocation?.receivedAtMs ?? ''}
      style={{ transform: `translateY(${top}px)`, height: ROW_PX }}
      className={`absolute inset-x-0 top-0 flex cursor-pointer items-center gap-3 border-b border-line px-4 hover:bg-sunken ${isSelected ? 'bg-sunken shadow-[inset_4px_0_0_var(--accent)]' : ''} ${isActive ? 'group-focus-visible:outline-3 group-focus-visible:outline-offset-[-3px] group-focus-visible:outline-focus' : ''}`}
    >
      <NeedSign look={signOf(delivery, attention)} className="size-8" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate text-body font-semibold">
            {shortName(delivery.destination.name, language)}
          </span>
          {when !== null && (
            <span className="text-note font-medium whitespace-nowrap text-ink tabular-nums">{when}</span>
          )}
        </div>
        <div className="truncate text-note text-muted">
          {`${shortName(delivery.rider.name, language) || say(WORDS.noRider)} · ${shortName(delivery.store.name, language)}`}
        </div>
        <div
          className={`truncate text-note font-semibold ${attention ? NEED_INK[attention.need] : 'text-muted'}`}
        >
          {say(attention ? attentionWords(attention) : STATUS_WORDS[delivery.status])}
        </div>
      </div>
    </div>
  )
})
