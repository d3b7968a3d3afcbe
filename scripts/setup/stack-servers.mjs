import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { debianPackages } from './debian-packages.mjs'

const answers = (program, flag) => spawnSync(program, [flag], { stdio: 'ignore' }).status === 0

export const stackServers = debianPackages('servers of the stack', {
  nginx: () => existsSync('/usr/sbin/nginx') || answers('nginx', '-v'),
  prometheus: () => answers('prometheus', '--version'),
})
