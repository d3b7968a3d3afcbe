import { spawnSync } from 'node:child_process'
import { debianPackages } from './debian-packages.mjs'

const answers = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

export const stockClients = debianPackages('stock Kafka clients', {
  kcat: () => answers('kcat', '-V'),
  'python3-kafka': () => answers('/usr/bin/python3', '-c', 'import kafka'),
  'default-jre-headless': () => answers('java', '-version'),
  maven: () => answers('mvn', '-v'),
})
