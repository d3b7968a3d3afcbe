import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { createSign } from '#server/webhooks/sign.ts'

const PYTHON = ['.cache/webhooks/bin/python', 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import standardwebhooks']).status === 0,
)
if (!PYTHON) {
  console.warn(
    'SKIPPED: standardwebhooks for Python is not installed (python3 -m venv .cache/webhooks && .cache/webhooks/bin/pip install standardwebhooks==1.0.1); [HOOK12] was not tested',
  )
}

const VERIFY = `
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
asked = json.load(sys.stdin)
try:
    print(json.dumps(Webhook(asked["secret"]).verify(asked["body"], asked["headers"])))
except WebhookVerificationError as error:
    print(error)
`
const [OLD, NEW, STRANGE] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`)

function verified(secret: string | undefined, body: string, headers: Record<string, string>): string {
  const { stdout, stderr } = spawnSync(PYTHON ?? '', ['-c', VERIFY], {
    input: JSON.stringify({ secret, body, headers }),
    encoding: 'utf8',
  })
  return stdout.trim() || stderr
}

test.runIf(PYTHON)(
  '[HOOK12] another implementation accepts the signatures, and no altered or replayed request',
  () => {
    const sign = createSign([NEW ?? '', OLD ?? ''])
    const webhook = { type: 'delivery.created', data: { name: '김밥집 “Ayşe”' } }
    const body = JSON.stringify(webhook)
    const headers = sign({ id: 'msg_1', body, atMs: Date.now() })
    for (const secret of [OLD, NEW]) expect(JSON.parse(verified(secret, body, headers))).toEqual(webhook)
    expect(verified(STRANGE, body, headers)).toContain('No matching signature')
    expect(verified(OLD, body.replace('created', 'failed'), headers)).toContain('No matching signature')
    expect(verified(OLD, body, { ...headers, 'webhook-id': 'msg_2' })).toContain('No matching signature')
    const replayed = sign({ id: 'msg_1', body, atMs: Date.now() - 10 * 60_000 })
    expect(verified(OLD, body, replayed)).toContain('too old')
  },
)
