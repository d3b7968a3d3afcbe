import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { aptInstall, aptUpdate, isRootOnDebian } from './debian.mjs'

const isThere = {
  nginx: () => existsSync('/usr/sbin/nginx') || spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0,
  postgresql: () => process.env.TEST_DATABASE_URL !== undefined || existsSync('/usr/lib/postgresql'),
}
const missing = () => Object.keys(isThere).filter((name) => !isThere[name]())

/** The servers of the stack. What cannot be installed here is skipped by its tests, loudly: this step never fails. */
export const stackServers = {
  title: 'Servers of the stack',
  doing: `Install servers of the stack (apt-get install ${missing().join(' ')})`,
  isDone: () => missing().length === 0 || !isRootOnDebian(),
  async run() {
    await aptUpdate().catch(tell)
    for (const name of missing()) await aptInstall(name).catch(tell)
  },
}

function tell(error) {
  console.warn(`\n${error.message}\n`)
}
