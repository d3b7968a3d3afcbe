/** A failure told in words for the person at the terminal: run.mjs prints the message alone. */
export class StepError extends Error {
  name = 'StepError'
}
