import { styleText } from 'node:util'

const terminal = process.stdout.isTTY === true
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * Runs `work` and shows one line for it: a turning wheel with the seconds in a terminal, a plain line at the
 * start and one at the end elsewhere.
 */
export async function runStep(title, work) {
  const startedMs = performance.now()
  const seconds = () => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`
  let frame = 0
  const draw = () => process.stdout.write(`\r${FRAMES[frame++ % FRAMES.length]} ${title} ${dim(seconds())} `)
  const wheel = terminal ? setInterval(draw, 100) : undefined
  if (!terminal) console.log(`… ${title}`)
  const end = (mark) => {
    clearInterval(wheel)
    const line = `${mark} ${title} ${dim(`(${seconds()})`)}`
    console.log(terminal ? `\r\u001b[K${line}` : line)
  }
  try {
    const result = await work()
    end(colour('green', '✓'))
    return result
  } catch (error) {
    end(colour('red', '✗'))
    throw error
  }
}

/** A step that had nothing to do. */
export function skipStep(title) {
  console.log(dim(`✓ ${title}: up to date`))
}

const colour = (name, text) => (terminal ? styleText(name, text) : text)
const dim = (text) => colour('dim', text)
