import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LockHeld, takeLock } from '#embedded-kafka/storage/lock-file.mjs'
import { projectRoot } from '../project-root.mjs'

const path = join(projectRoot, '.cache/setup.lock')

/** One set-up at a time per checkout: two installs or builds into one folder would spoil each other's files. */
export async function withSetUpLock(work) {
  mkdirSync(join(projectRoot, '.cache'), { recursive: true })
  const release = await take()
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

async function take() {
  for (let said = false; ; said = true) {
    try {
      return takeLock(path)
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error
      if (!said) console.log(`… Waiting for another set-up of this folder (process ${error.pid})`)
    }
    await delay(200)
  }
}
