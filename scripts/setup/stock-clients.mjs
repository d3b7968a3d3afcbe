import { spawnSync } from 'node:child_process'
import { aptInstall, aptUpdate, isRootOnDebian } from './debian.mjs'

const answers = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Debian's package for each client, and how one sees that it is there. */
const CLIENTS = [
  { name: 'kcat', isThere: () => answers('kcat', '-V') },
  { name: 'python3-kafka', isThere: () => answers('/usr/bin/python3', '-c', 'import kafka') },
  { name: 'default-jre-headless', isThere: () => answers('java', '-version') },
  { name: 'maven', isThere: () => answers('mvn', '-v') },
]
const missing = () => CLIENTS.filter(({ isThere }) => !isThere()).map(({ name }) => name)

/** What cannot be installed here is skipped by its tests, loudly: this step never fails. */
export const stockClients = {
  title: 'Stock Kafka clients',
  doing: `Install stock Kafka clients (apt-get install ${missing().join(' ')})`,
  isDone: () => missing().length === 0 || !isRootOnDebian(),
  async run() {
    await aptUpdate().catch(tell)
    for (const name of missing()) await aptInstall(name).catch(tell)
  },
}

function tell(error) {
  console.warn(`\n${error.message}\n`)
}
