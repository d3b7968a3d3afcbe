'use client'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { buttonClass } from '#app/_ui/button-class.ts'
import { Choice } from '#app/_ui/choice.tsx'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { problemWords } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { type DeviceCodeAnswer, deviceCodeAnswerSchema } from '#contracts/device-code.ts'
import { PHONE_APP_WORDS as WORDS } from './phone-app-words.ts'

type Props = { deliveryId: string; token: string; onCode: () => void }

/** Gets a device code and shows how the app is set up with it: by a link, by scanning, or by hand. */
export function PhoneAppSetUp({ deliveryId, token, onCode }: Props) {
  const say = useSay()
  const [answer, setAnswer] = useState<DeviceCodeAnswer | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [app, setApp] = useState(0)

  async function getCode() {
    setBusy(true)
    const made = await callApi(deviceCodeAnswerSchema, deliveryPath(deliveryId, '/device-code'), {
      method: 'POST',
      token,
    })
    setBusy(false)
    if (made.ok) {
      setAnswer(made.value)
      onCode()
    }
    setTrouble(made.ok ? null : say(WORDS.failed, { why: say(problemWords(made)) }))
  }

  return (
    <div className="grid gap-4 px-4 pb-4">
      <p className="text-sm text-pretty text-muted">{say(WORDS.about)}</p>
      <div role="status" className="grid gap-4 empty:hidden">
        {trouble && (
          <p className="rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            {trouble}
          </p>
        )}
        {answer && (
          <p className="rounded-2xl bg-sunken px-4 py-3 text-center">
            <span className="block text-[0.8125rem] text-muted">{say(WORDS.code)}</span>
            <Code code={answer.code} />
          </p>
        )}
      </div>
      {answer && (
        <>
          <Choice
            legend={say(WORDS.app)}
            options={[
              { value: 0, label: say(WORDS.ownTracks) },
              { value: 1, label: say(WORDS.traccar) },
            ]}
            value={app}
            onChange={setApp}
          />
          {app === 0 ? <OwnTracks answer={answer} /> : <Traccar answer={answer} />}
        </>
      )}
      <div className="grid gap-1.5">
        <Button look={answer ? 'quiet' : 'primary'} inactive={busy} onClick={getCode}>
          {say(busy ? WORDS.busy : answer ? WORDS.another : WORDS.get)}
        </Button>
        {answer && <p className="text-center text-[0.8125rem] text-muted">{say(WORDS.stops)}</p>}
      </div>
    </div>
  )
}

/** In two groups for the eye; what is copied has no gap. */
function Code({ code }: { code: string }) {
  return (
    <span
      data-testid="device-code"
      className="font-mono text-2xl font-bold tracking-wider whitespace-nowrap select-all"
    >
      <span className="mr-[0.4em]">{code.slice(0, 5)}</span>
      <span>{code.slice(5)}</span>
    </span>
  )
}

function OwnTracks({ answer: { owntracks } }: { answer: DeviceCodeAnswer }) {
  const say = useSay()
  return (
    <div className="grid gap-3">
      <a href={owntracks.configUrl} className={buttonClass('accent')}>
        <ExternalLink className="size-4" aria-hidden="true" />
        <span>{say(WORDS.setUp)}</span>
      </a>
      <p className="text-sm text-pretty text-muted">{say(WORDS.scanOwnTracks)}</p>
      <QrCode text={owntracks.configUrl} label={say(WORDS.scanOwnTracks)} />
      <ByHand
        lines={[
          [say(WORDS.mode), 'HTTP'],
          [say(WORDS.url), owntracks.url],
          [say(WORDS.user), owntracks.user],
          [say(WORDS.password), say(WORDS.theCode)],
        ]}
      />
    </div>
  )
}

/** As the app's own "configuration by URL" reads it; its usual values report every five minutes. */
const TRACCAR_SETTINGS = { accuracy: 'highest', interval: '5', distance: '25', stop_detection: 'false' }

function Traccar({ answer: { code, traccar } }: { answer: DeviceCodeAnswer }) {
  const say = useSay()
  const settings = new URLSearchParams({ id: code, ...TRACCAR_SETTINGS })
  return (
    <div className="grid gap-3">
      <p className="text-sm text-pretty text-muted">{say(WORDS.scanTraccar)}</p>
      <QrCode text={`${traccar.url}?${settings}`} label={say(WORDS.scanTraccar)} />
      <ByHand
        lines={[
          [say(WORDS.url), traccar.url],
          [say(WORDS.identifier), say(WORDS.theCode)],
        ]}
      />
    </div>
  )
}

function ByHand({ lines }: { lines: readonly (readonly [name: string, value: string])[] }) {
  const say = useSay()
  return (
    <section aria-label={say(WORDS.byHand)} className="text-sm">
      <p className="font-semibold">{say(WORDS.byHand)}</p>
      <dl className="mt-1.5 grid gap-1.5">
        {lines.map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-3">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 font-medium break-all select-all">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
