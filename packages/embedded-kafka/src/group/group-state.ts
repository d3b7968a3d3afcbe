/**
 * Where a group is in its life, with what belongs to that moment only. Kafka's names, as DescribeGroups shows them.
 *
 *   Empty ──first member──▶ PreparingRebalance ──all joined, or time up──▶ CompletingRebalance
 *     ▲                        ▲          │                                 │            │
 *     └──── nobody came ───────┼──────────┘          leader sent assignment │            │
 *                              └──── somebody comes or goes ──── Stable ◀───┘            │
 *                              └──── somebody comes or goes ─────────────────────────────┘
 */
export type GroupState =
  | { readonly name: 'Empty' }
  | {
      readonly name: 'PreparingRebalance'
      /** The first gathering of a new group waits a moment for more members (KIP-134). */
      readonly isFirst: boolean
      readonly timer: NodeJS.Timeout
    }
  | {
      readonly name: 'CompletingRebalance'
      /** Members that have joined but not yet asked for their assignment. */
      readonly awaited: Set<string>
      readonly timer: NodeJS.Timeout
    }
  | { readonly name: 'Stable' }
