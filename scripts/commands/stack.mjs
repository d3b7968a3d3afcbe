import { spawnSync } from 'node:child_process'
import { passSignalsOn, runQuietly, runVisibly } from '../child.mjs'
import { runStep } from '../run-step.mjs'
import { StepError } from '../step-error.mjs'

/** Whatever speaks the compose file as it is today. */
const ENGINES = [
  ['docker', 'compose'],
  ['podman', 'compose'],
]
/** `down` ends what any profile has started. */
const EVERY_PROFILE = ['--profile', '*']
const SHOW_DISPATCH_TOKEN = ['/nodejs/bin/node', '-p', "fs.readFileSync('/secrets/dispatch-token', 'utf8')"]

/**
 * Builds the image, starts compose.yaml, and follows one location through it; further arguments go to `compose up`,
 * and COMPOSE_PROFILES chooses profiles. `stack down` ends it; the data stays.
 */
export default async function stack([command, ...rest]) {
  passSignalsOn()
  const [program, ...first] = engine()
  if (command === 'down') {
    const down = [...first, ...EVERY_PROFILE, 'down', ...rest]
    process.exitCode = Number(await runVisibly(program, down)) || 0
    return
  }
  const more = [command, ...rest].filter((word) => word !== undefined)
  await runStep('Build the image', () => runQuietly(program, [...first, 'build']))
  const code = await runVisibly(program, [...first, 'up', '--detach', '--wait', ...more])
  if (code !== 0)
    throw new StepError(`The stack did not start. What it says: ${[program, ...first].join(' ')} logs`)
  const ask = async (...words) => (await runQuietly(program, [...first, ...words])).trim()
  const gateway = `http://${(await ask('port', 'gateway', '8080')).replace('0.0.0.0', '127.0.0.1')}`
  await runStep('Send one location through it', async () =>
    sendOne(gateway, await ask('exec', '--no-TTY', 'app', ...SHOW_DISPATCH_TOKEN)),
  )
  console.log(`\nReady on ${gateway}\nnpm run stack -- down ends it.`)
}

function engine() {
  const answers = (...words) => spawnSync(words[0], words.slice(1), { stdio: 'ignore' }).status === 0
  const found = ENGINES.find(
    ([program, ...args]) => answers(program, ...args, 'version') && answers(program, 'info'),
  )
  if (found) return found
  throw new StepError(`No container engine answers. Install Docker (https://docs.docker.com/engine/install/) or Podman with
podman-compose, and start it. Without containers: npm run demo, or npm run test:stack for the stack itself.`)
}

/** One point of a delivery, and that point in the history: gateway, app, Kafka and PostgreSQL have all had it. */
async function sendOne(gateway, dispatchToken) {
  const { delivery, rider } = await call(`${gateway}/api/deliveries`, { token: dispatchToken, body: {} })
  const { token } = rider
  const path = `${gateway}/api/deliveries/${delivery.id}`
  const [lat, lng] = delivery.route[0]
  const locations = [{ seq: 1, lat, lng, recordedAtMs: Date.now() }]
  await call(`${path}/locations`, { token, body: { locations } })
  const history = await call(`${path}/locations`, { token })
  if (history.locations.length !== 1)
    throw new StepError('The location that was acknowledged is not in the history.')
  await call(`${path}/status`, { token, body: { status: 'cancelled' } })
}

async function call(url, { token, body }) {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new StepError(`${url} was answered ${response.status}: ${text}`)
  return JSON.parse(text)
}
