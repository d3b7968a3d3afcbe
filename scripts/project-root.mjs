import { fileURLToPath } from 'node:url'

/** Where package.json is, whatever the working directory. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
