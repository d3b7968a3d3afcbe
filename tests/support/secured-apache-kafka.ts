import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ApacheKafka, startOnJava } from './apache-kafka.ts'
import { apacheKafkaJars } from './apache-kafka-jars.ts'
import { freePort } from './free-port.ts'
import { tempDir } from './temp-dir.ts'

export type SecuredApacheKafka = {
  /** Where only who speaks TLS and knows the password is let in. */
  address: string
  /** The certificate to trust, PEM. */
  certificatePath: string
  stop: ApacheKafka['stop']
}

/** An Apache Kafka with a listener for TLS and SASL (PLAIN and SCRAM-SHA-256) beside the plain one. */
export async function startSecuredApacheKafka(user: {
  name: string
  password: string
}): Promise<SecuredApacheKafka | { skipped: string }> {
  const jars = apacheKafkaJars()
  if ('skipped' in jars) return jars
  const directory = tempDir()
  const [keystore, certificatePath] = [join(directory, 'broker.p12'), join(directory, 'broker.pem')]
  const store = ['-alias', 'broker', '-keystore', keystore, '-storetype', 'PKCS12', '-storepass', 'changeit']
  const names = ['-dname', 'CN=localhost', '-ext', 'SAN=ip:127.0.0.1,dns:localhost']
  execFileSync('keytool', ['-genkeypair', '-keyalg', 'RSA', ...names, ...store], { stdio: 'pipe' })
  writeFileSync(
    certificatePath,
    execFileSync('keytool', ['-exportcert', '-rfc', ...store], { stdio: 'pipe' }),
  )

  const securedPort = await freePort()
  const { stop } = await startOnJava(jars.classpath, {
    scramUsers: [user],
    moreSettings: (port, controllerPort) => ({
      listeners: `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${securedPort},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${securedPort}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name': 'PLAINTEXT',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': keystore,
      'ssl.keystore.password': 'changeit',
      'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user.name}="${user.password}";`,
      'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    }),
  })
  return { address: `127.0.0.1:${securedPort}`, certificatePath, stop }
}
