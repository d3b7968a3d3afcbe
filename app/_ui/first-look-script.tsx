import { firstLookCodes } from './first-look-code.ts'
import { FirstLookElement } from './first-look-element.tsx'

type Props = { page: string; code: string | null; policy: string | null }

/** The script of first-look.ts; null in development. */
export function FirstLookScript({ page, code, policy }: Props) {
  if (code === null) return null
  firstLookCodes()[page] = code
  return <FirstLookElement page={page} nonce={policy?.match(/'nonce-([^']+)'/)?.[1]} />
}
