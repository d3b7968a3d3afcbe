import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectRoot } from './project-root.mjs'
import { StepError } from './step-error.mjs'

const verbose = process.argv.includes('--verbose')
const running = new Set()
let stopping = false

/** The whole output is kept and shown only when the command fails; `--verbose` streams it instead. */
export async function runQuietly(command, args, env = {}) {
  const child = start(command, args, env, verbose ? 'inherit' : ['ignore', 'pipe', 'pipe'])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const code = await exitCode(child)
  if (code !== 0)
    throw new StepError(`${output.trimEnd()}\n\n${[command, ...args].join(' ')}: exit code ${code}`)
  return output
}

/** Runs with our terminal and answers the exit code. */
export function runVisibly(command, args, env = {}) {
  return exitCode(start(command, args, env, 'inherit'))
}

export const runNode = (args, env) => runQuietly(process.execPath, args, env)

function start(command, args, env, stdio) {
  const child = spawn(command, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

async function exitCode(child) {
  const failed = once(child, 'error').then(([error]) => {
    throw new StepError(`${child.spawnfile} cannot be started: ${error.message}`)
  })
  const [code, signal] = await Promise.race([once(child, 'close'), failed])
  // We are about to end ourselves: nobody needs to hear that the child ended too.
  if (stopping) await new Promise(() => {})
  return code ?? signal
}

/**
 * A signal must leave no child behind. Ctrl-C in a terminal reaches the children by itself, so it is passed on
 * only elsewhere; then we wait for them, and end as they did. Answers a function that takes this back.
 */
export function passSignalsOn() {
  const onSignal = (signal) => {
    stopping = true
    const fromTerminal = signal === 'SIGINT' && process.stdin.isTTY
    if (!fromTerminal) for (const child of running) child.kill(signal)
    const exit = () => process.exit(signal === 'SIGINT' ? 130 : 143)
    Promise.all([...running].map((child) => child.exitCode ?? once(child, 'close'))).then(exit)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}
