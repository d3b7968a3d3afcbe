import { answerCalls } from '../support/worker.ts'
import { startAccepting } from './accept.ts'

/** Its one argument is the broker's address. */
export type PostFloor = { port: () => number }

const { port } = await startAccepting(process.argv[2] as string)
answerCalls({ port: () => port } satisfies PostFloor)
