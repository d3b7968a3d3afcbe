import { type FirstLine, takeFirstLook } from '#app/_ui/first-look.ts'
import { STATUS_LOOKS } from '#app/_ui/status-looks.ts'
import { shortName } from '#app/_words/place-name.ts'
import type { Speaker } from '#app/_words/speak.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { WORDS } from './screen/words.ts'

// How far the delivery is, and where to go next.
takeFirstLook(linesOf)

function linesOf(
  { delivery: { status, store, destination } }: Snapshot,
  _nowMs: number,
  { say, language }: Speaker,
): FirstLine[] {
  const lines: FirstLine[] = [
    ['p', 'first-status', 'text-body font-semibold text-muted', say(STATUS_LOOKS[status].label)],
  ]
  if (isEnded(status)) return lines
  const isToStore = status === 'accepted'
  return [
    ...lines,
    [
      'p',
      'first-way',
      'mt-3 text-sm font-semibold text-accent-soft-ink',
      say(isToStore ? WORDS.pickUpAt : WORDS.deliverTo),
    ],
    [
      'h1',
      'first-stop',
      'mt-0.5 text-[1.625rem] leading-tight font-bold tracking-tight break-words',
      shortName((isToStore ? store : destination).name, language),
    ],
  ]
}
