/** Keeps the app from starting. Its message tells the operator what to change, so it needs no stack trace. */
export class StartUpError extends Error {
  override readonly name = 'StartUpError'
}
