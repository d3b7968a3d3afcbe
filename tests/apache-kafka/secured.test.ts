import { beforeAll, expect, it } from 'vitest'
import { createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type SecuredApacheKafka, startSecuredApacheKafka } from '../support/secured-apache-kafka.ts'

const USER = { name: 'rider', password: 'a-secret-of-the-test' }

let kafka: SecuredApacheKafka | { skipped: string }
beforeAll(async () => {
  kafka = await startSecuredApacheKafka(USER)
  if (!('skipped' in kafka)) atEnd(kafka.stop)
})

function settings(secured: SecuredApacheKafka, mechanism: string, more: Record<string, string> = {}) {
  return {
    KAFKA_BROKERS: secured.address,
    KAFKA_PREFIX: `${mechanism}.`,
    KAFKA_SSL: '1',
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: USER.name,
    KAFKA_SASL_PASSWORD: USER.password,
    // How Node is told to trust a certificate authority of one's own.
    NODE_EXTRA_CA_CERTS: secured.certificatePath,
    ...more,
  }
}

it.for(['plain', 'scram-sha-256'])(
  '[KSEC1] over TLS with SASL %s a location reaches the customer',
  async (mechanism, { skip }) => {
    if ('skipped' in kafka) return skip(kafka.skipped)
    const app = await startApp({ env: settings(kafka, mechanism) })
    const api = createApi(app.url)
    const created = await api.createDelivery()
    await api.postStatus(created, 'picked_up')
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    // As a rider does: the first handshakes of a Java virtual machine may take longer than a post waits for.
    await pollUntil(async () => (await api.postLocations(created, [fixAt(created, 1)])).status === 202, {
      withinMs: 30_000,
      what: 'a post acknowledged',
    })
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 1, {
      withinMs: 30_000,
      what: 'the location',
    })
  },
)

it('[KSEC2] a wrong password and an unknown certificate end the start in words, without the password', async ({
  skip,
}) => {
  if ('skipped' in kafka) return skip(kafka.skipped)
  const refused = async (more: Record<string, string>) =>
    await startApp({ env: settings(kafka as SecuredApacheKafka, 'plain', more) }).catch(
      (error: Error) => error.message,
    )
  const wrong: Record<string, string>[] = [
    { KAFKA_SASL_PASSWORD: 'not-the-password' },
    { NODE_EXTRA_CA_CERTS: '' },
  ]
  for (const more of wrong) {
    const message = await refused(more)
    expect(message).toContain(`Kafka at ${kafka.address} cannot be used`)
    expect(message).not.toContain('not-the-password')
    expect(message).not.toContain(USER.password)
  }
})
