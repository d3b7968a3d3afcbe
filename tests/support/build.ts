import { forProduction, setUp } from '../../scripts/setup/set-up.mjs'

/** Global set-up of the tests that run the real app: what they start is built from what is on disk now. */
export default async function build(): Promise<void> {
  await setUp(forProduction)
}
