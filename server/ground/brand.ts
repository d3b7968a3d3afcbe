import { type BrandColour, brandCss } from './brand-colour.ts'
import type { BrandLogo } from './brand-logo.ts'

/** Whose pages these are; what is null is the product's own. */
export type Brand = {
  name: string | null
  colour: BrandColour | null
  /** `colour` for the pages: one text, as its digest stands in their policy. */
  css: string | null
  logo: BrandLogo | null
}

export function brandOf(given: {
  name: string | undefined
  colour: BrandColour | undefined
  logo: BrandLogo | undefined
}): Brand {
  const { name = null, colour = null, logo = null } = given
  return { name, colour, css: colour && brandCss(colour), logo }
}
