import { endWithParent } from './end-with-parent.mjs'
import { StepError } from './step-error.mjs'

/** Runs one file of commands/. */
export async function main(command, args) {
  endWithParent()
  try {
    const { default: run } = await import(`./commands/${command}.mjs`)
    await run(args)
  } catch (error) {
    // A step that failed has said why in words; anything else is a fault of ours and needs its stack.
    console.error(error instanceof StepError ? `\n${error.message}` : error)
    process.exit(1)
  }
}
