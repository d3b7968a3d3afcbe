import { forProduction, setUp } from '../setup/set-up.mjs'

export default function build() {
  return setUp(forProduction)
}
