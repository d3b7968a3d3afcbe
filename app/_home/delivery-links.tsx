import { Columns2, House, Motorbike } from 'lucide-react'
import { buttonClass } from '#app/_ui/button-class.ts'
import { LinkRow } from '#app/_ui/link-row.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
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
        <span>Open side by side</span>
      </a>
      <div className="grid gap-2">
        <LinkRow
          icon={Motorbike}
          label="Rider’s page"
          testId="rider-link"
          path={started.rider.url}
          copyLabel="Copy the link of the rider’s page"
        />
        <LinkRow
          icon={House}
          label="Customer’s page"
          testId="customer-link"
          path={started.customer.url}
          copyLabel="Copy the link of the customer’s page"
        />
      </div>
    </div>
  )
}
