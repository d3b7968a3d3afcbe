import { ExternalLink, type LucideIcon } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { SendLink } from './send-link.tsx'

const NEW_TAB: Text = { en: '(opens in a new tab)', ko: '(새 탭에서 열림)' }

type Props = { icon: LucideIcon; label: string; testId: string; path: string }

/** A link to open or to send. */
export function LinkRow({ icon: Icon, label, testId, path }: Props) {
  const say = useSay()
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-2xl bg-canvas p-2 pl-4">
      <Icon className="size-5 shrink-0 text-muted" aria-hidden="true" />
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        data-testid={testId}
        className="inline-flex min-h-11 min-w-0 flex-1 basis-28 items-center wrap-anywhere gap-1.5 rounded-lg font-semibold hover:underline"
      >
        <span>{label}</span>
        <ExternalLink className="size-4 shrink-0 text-muted" aria-label={say(NEW_TAB)} />
      </a>
      <SendLink name={label} path={path} />
    </div>
  )
}
