import { useEffect, useRef, useState } from 'react'
import type { LogState } from '#contracts/inside/log.ts'

/** A group's assignment of partitions before and after: `6` → `3 + 3`. */
export type Rebalance = { key: number; group: string; before: string; after: string; atMs: number }

const MOST_SHOWN = 3

/** The newest rebalances, as seen by this page. */
export function useRebalances(state: LogState | null): readonly Rebalance[] {
  const [rebalances, setRebalances] = useState<readonly Rebalance[]>([])
  const known = useRef({ topic: '', shares: new Map<string, string>() })
  useEffect(() => {
    if (!state) return
    if (known.current.topic !== state.topic) known.current = { topic: state.topic, shares: new Map() }
    const { shares } = known.current
    for (const group of state.groups) {
      if (group.state !== 'Stable') continue
      const share = group.members.map(({ partitions }) => partitions.length).sort((a, b) => b - a)
      const after = share.join(' + ')
      const before = shares.get(group.id)
      shares.set(group.id, after)
      if (before === undefined || before === after) continue
      const atMs = Date.now()
      setRebalances((all) =>
        [{ key: (all[0]?.key ?? 0) + 1, group: group.id, before, after, atMs }, ...all].slice(0, MOST_SHOWN),
      )
    }
  }, [state])
  return rebalances
}
