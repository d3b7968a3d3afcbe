import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { debianPackages } from './debian-packages.mjs'

export const stackServers = debianPackages('servers of the stack', {
  nginx: () => existsSync('/usr/sbin/nginx') || spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0,
  postgresql: () => process.env.TEST_DATABASE_URL !== undefined || existsSync('/usr/lib/postgresql'),
})
