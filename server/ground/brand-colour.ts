/** A colour's channels from 0 to 1, gamma-encoded as in sRGB. */
type Rgb = readonly [red: number, green: number, blue: number]

/** What `theme.css` calls `--accent` and so on, in one theme. */
type Shades = { accent: string; accentInk: string; accentSoft: string; accentSoftInk: string }

export type BrandColour = {
  /** As it was given, and what is read on it: for icons. */
  exact: string
  ink: string
  light: Shades
  dark: Shades
}

const WHITE: Rgb = [1, 1, 1]
const BLACK: Rgb = [0, 0, 0]
/** What stands on the accent in the dark theme. */
const NEAR_BLACK = parse('#0e1014') as Rgb
/** The grounds of theme.css that the accent is read on: the one nearest to it in lightness decides. */
export const GROUNDS = { light: '#f1f0eb', dark: '#22262e' } as const
/** WCAG 2.2, success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5
const STEPS = 100
/** As far as a shade may go from a colour without a hue before it is another colour. */
const FARTHEST_GREY = 0.3
/** The least difference between two channels that is seen as a hue. */
const LEAST_HUE = 12 / 255

/**
 * The shades of a colour that can be read in both themes: darkened in the light one, lightened in the dark one, no more
 * than contrast wants. A colour with a hue is known again by it; white and black have none, and are refused.
 * @returns why not, in words that continue `BRAND_COLOR`
 */
export function readBrandColour(text: string): BrandColour | string {
  const colour = parse(text)
  if (!colour) return 'must be a colour such as #0a7a4e'
  const light = shade(colour, BLACK, [parse(GROUNDS.light) as Rgb])
  const dark = shade(colour, WHITE, [parse(GROUNDS.dark) as Rgb])
  for (const [theme, { shown, mixed }] of Object.entries({ light, dark })) {
    if (mixed > FARTHEST_GREY && Math.max(...shown) - Math.min(...shown) < LEAST_HUE)
      return `must be a colour that can be read in both themes: on the ${theme} one ${text} would have to become the grey ${format(shown)}. Choose one with a hue; black on white and white on black is what the pages are without it`
  }
  return {
    exact: format(colour),
    ink: format(inkOn(colour)),
    light: shades(light.shown, WHITE, BLACK, 0.87),
    dark: shades(dark.shown, NEAR_BLACK, WHITE, 0.76),
  }
}

/** For the pages, in one `<style>`: no character in it means anything to HTML. */
export function brandCss({ light, dark }: BrandColour): string {
  // Twice the root: it wins over theme.css wherever in the head that stands.
  const rule = ({ accent, accentInk, accentSoft, accentSoftInk }: Shades) =>
    `:root:root{--accent:${accent};--accent-ink:${accentInk};--accent-soft:${accentSoft};--accent-soft-ink:${accentSoftInk};--trail:${accent}}`
  return `${rule(light)}@media (prefers-color-scheme:dark){${rule(dark)}}`
}

function shades(accent: Rgb, ground: Rgb, towards: Rgb, softness: number): Shades {
  const soft = mix(accent, ground, softness)
  const ofTheme = parse(towards === BLACK ? GROUNDS.light : GROUNDS.dark) as Rgb
  return {
    accent: format(accent),
    accentInk: format(inkOn(accent)),
    accentSoft: format(soft),
    accentSoftInk: format(shade(accent, towards, [soft, ofTheme]).shown),
  }
}

/** The nearest shade that is read on all of the grounds, and how much of the other colour it took. */
function shade(colour: Rgb, towards: Rgb, grounds: readonly Rgb[]): { shown: Rgb; mixed: number } {
  for (let step = 0; step < STEPS; step++) {
    const mixed = step / STEPS
    // As it will be written, in whole steps of a channel.
    const shown = parse(format(mix(colour, towards, mixed))) as Rgb
    if (grounds.every((ground) => contrast(shown, ground) >= LEAST_CONTRAST)) return { shown, mixed }
  }
  return { shown: towards, mixed: 1 }
}

const inkOn = (colour: Rgb): Rgb =>
  contrast(colour, WHITE) >= contrast(colour, NEAR_BLACK) ? WHITE : NEAR_BLACK

function parse(text: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text)
  const digits = short ? short.slice(1).map((digit) => digit + digit) : text.match(/[\da-f]{2}/gi)
  if (!digits || !(short || /^#[\da-f]{6}$/i.test(text))) return null
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16) / 255)
  return [red, green, blue]
}

const format = (colour: Rgb) =>
  `#${colour
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

const mix = (a: Rgb, b: Rgb, part: number): Rgb => {
  const at = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * part
  return [at(0), at(1), at(2)]
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: Rgb): number {
  const linear = (i: 0 | 1 | 2) =>
    colour[i] <= 0.04045 ? colour[i] / 12.92 : ((colour[i] + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
}
