import { Columns2, ExternalLink, House, type LucideIcon, Motorbike } from 'lucide-react'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { buttonClass } from '../_ui/button-class.ts'
import { CopyButton } from '../_ui/copy-button.tsx'
import { sideBySidePath } from './side-by-side-path.ts'

export function DeliveryLinks({ started }: { started: CreateDeliveryAnswer }) {
  return (
    <div className="grid gap-3">
      <a
        href={sideBySidePath(started)}
        target="_blank"
        rel="noreferrer"
        data-testid="side-by-side-link"
        className={buttonClass('primary', 'lg')}
      >
        <Columns2 className="size-5" aria-hidden="true" />
        Open side by side
      </a>
      <div className="grid gap-2">
        <LinkRow icon={Motorbike} label="Rider’s page" testId="rider-link" path={started.rider.url} />
        <LinkRow icon={House} label="Customer’s page" testId="customer-link" path={started.customer.url} />
      </div>
    </div>
  )
}

type RowProps = { icon: LucideIcon; label: string; testId: string; path: string }

function LinkRow({ icon: Icon, label, testId, path }: RowProps) {
  return (
    <div className="flex items-center gap-2 rounded-2xl bg-canvas p-2 pl-4">
      <Icon className="size-5 shrink-0 text-muted" aria-hidden="true" />
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        data-testid={testId}
        className="inline-flex min-h-11 flex-1 items-center gap-1.5 rounded-lg font-semibold hover:underline"
      >
        {label}
        <ExternalLink className="size-4 text-muted" aria-label="(opens in a new tab)" />
      </a>
      <CopyButton label={`Copy the link of the ${label.toLowerCase()}`} path={path} />
    </div>
  )
}
