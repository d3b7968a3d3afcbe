import { Pill } from '#app/_ui/pill.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { LogGroup } from '#contracts/inside/log.ts'
import { groupColour } from './group-looks.ts'

/** The prefix of an instance's Kafka client id. */
const CLIENT = 'rider-live-'

/** The topic's consumer groups: state, members, and each member's partitions. */
export function GroupList({ groups }: { groups: readonly LogGroup[] }) {
  const say = useSay()
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {groups.map((group, index) => (
        <li
          key={group.id}
          className="min-w-0 rounded-2xl bg-sunken p-4"
          data-testid="log-group"
          data-group={group.id}
          data-state={group.state}
        >
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <span className={`size-3 rounded-full bg-current ${groupColour(index)}`} aria-hidden="true" />
            <span className="min-w-0 truncate font-mono text-sm font-semibold">{group.id}</span>
            <Pill
              tone={group.state === 'Stable' ? 'accent' : group.state === 'Empty' ? 'neutral' : 'warn'}
              dot
            >
              {group.state}
            </Pill>
          </div>
          <p className="mt-1.5 text-note text-muted">{say(keeping(group))}</p>
          <ul className="mt-2 grid gap-1.5">
            {group.members.map(({ id, clientId, extra, partitions }) => (
              <li
                key={id}
                className="flex min-w-0 items-center justify-between gap-3 text-sm"
                data-testid="log-member"
                data-group={group.id}
                data-member={id}
                data-partitions={partitions.join(',')}
              >
                <span className="min-w-0 truncate" title={id}>
                  <span>{clientId.startsWith(CLIENT) ? clientId.slice(CLIENT.length) : clientId}</span>
                  {extra && (
                    <span className="font-medium text-accent">{` · ${say({ en: 'extra', ko: '추가' })}`}</span>
                  )}
                </span>
                <span className="flex flex-wrap justify-end gap-1">
                  {partitions.map((partition) => (
                    <span
                      key={partition}
                      className="grid h-6 min-w-6 place-items-center rounded-md bg-surface text-xs font-semibold tabular-nums"
                    >
                      {partition}
                    </span>
                  ))}
                  {partitions.length === 0 && (
                    <span className="text-xs text-muted">{say({ en: 'none yet', ko: '아직 없음' })}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function keeping({ committed, positions }: LogGroup) {
  if (committed) return { en: '▲ commits its offsets to the broker', ko: '▲ 오프셋을 브로커에 커밋합니다' }
  return positions
    ? {
        en: 'Has committed nothing; ● is known in this process',
        ko: '커밋한 것이 없습니다. ● 위치는 이 프로세스가 알고 있습니다',
      }
    : {
        en: 'Has committed nothing; only its own process knows its position',
        ko: '커밋한 것이 없습니다. 위치는 해당 프로세스만 알고 있습니다',
      }
}
