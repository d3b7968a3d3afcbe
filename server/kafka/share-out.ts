export type Holder = { memberId: string; held: readonly number[] }

/**
 * Shares the partitions out as evenly as can be, and leaves each with the member that holds it as far as that allows:
 * each that moves costs its customers a reconnect.
 */
export function shareOut(
  partitions: readonly number[],
  members: readonly Holder[],
): { memberId: string; partitions: number[] }[] {
  const least = Math.floor(partitions.length / members.length)
  const withOneMore = partitions.length % members.length
  const free = new Set(partitions)
  // Those that hold the most keep the odd ones. Of equals the order is the same whoever looks.
  const shares = [...members]
    .sort((a, b) => b.held.length - a.held.length || (a.memberId < b.memberId ? -1 : 1))
    .map(({ memberId, held }, index) => {
      const most = least + (index < withOneMore ? 1 : 0)
      const kept: number[] = []
      for (const partition of held) if (kept.length < most && free.delete(partition)) kept.push(partition)
      return { memberId, partitions: kept, most }
    })
  for (const share of shares)
    for (const partition of free) {
      if (share.partitions.length === share.most) break
      free.delete(partition)
      share.partitions.push(partition)
    }
  return shares.map(({ most: _most, ...share }) => share)
}
