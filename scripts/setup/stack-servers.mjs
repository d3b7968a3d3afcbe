import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { debianPackages } from './debian-packages.mjs'

const answers = (program, flag) => spawnSync(program, [flag], { stdio: 'ignore' }).status === 0

export const stackServers = debianPackages('servers of the stack', {
  nginx: () => existsSync('/usr/sbin/nginx') || answers('nginx', '-v'),
  postgresql: () => process.env.TEST_DATABASE_URL !== undefined || existsSync('/usr/lib/postgresql'),
  prometheus: () => answers('prometheus', '--version'),
})
