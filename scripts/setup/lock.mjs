import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { projectRoot } from '../project-root.mjs'

const path = join(projectRoot, '.cache/setup.lock')

/** One set-up at a time per checkout: two installs or builds into one folder would spoil each other's files. */
export async function withSetUpLock(work) {
  mkdirSync(join(projectRoot, '.cache'), { recursive: true })
  for (let said = false; !tryToTake(); said = true) {
    if (!said) console.log(`… Waiting for another set-up of this folder (process ${holder()})`)
    await delay(200)
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function tryToTake() {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    sweepIfAbandoned()
    return false
  }
}

/** Its holder was killed. Renaming first lets one of several waiters win, and never takes a lock made since. */
function sweepIfAbandoned() {
  const pid = holder()
  if (pid === undefined || isAlive(pid)) return
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') === String(pid)) rmSync(aside)
    else renameSync(aside, path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function holder() {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
