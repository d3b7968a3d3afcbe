import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { brandCss, GROUNDS, readBrandColour } from '#server/ground/brand-colour.ts'

/** Written once more, by WCAG 2.2's own words, so that the shades are not judged by what made them. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, i) => sum + channel * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0)
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}
const css = readFileSync('app/_ui/theme.css', 'utf8')
const [light = '', dark = ''] = css.split('prefers-color-scheme: dark')
const grounds = (theme: string) =>
  ['canvas', 'surface', 'sunken'].map((name) => theme.match(`--${name}: (#[0-9a-f]{6})`)?.[1] as string)

// Two greens, Kakao's yellow, a mint, a pink, a navy, a grey, pure primaries.
it.each(['#0a7a4e', '#fee500', '#2ac1bc', '#f5b', '#101b3d', '#777777', '#ff0000', '#00ff00', '#0000ff'])(
  '[BRAND2] of %s there are shades that are read on every ground of both themes, 4.5 : 1',
  (colour) => {
    const made = readBrandColour(colour)
    if (typeof made === 'string') throw new Error(made)
    for (const [theme, shades] of [
      [light, made.light],
      [dark, made.dark],
    ] as const) {
      for (const ground of grounds(theme)) {
        expect(contrast(shades.accent, ground)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(shades.accentSoftInk, ground)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(shades.accentInk, shades.accent)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(shades.accentSoftInk, shades.accentSoft)).toBeGreaterThanOrEqual(4.5)
    }
    expect(brandCss(made)).not.toMatch(/[<>&"']/)
  },
)

it('[BRAND2] a colour that is read as it is stays as it is', () => {
  expect(readBrandColour('#0a7a4e')).toMatchObject({ exact: '#0a7a4e', light: { accent: '#0a7a4e' } })
})

it('[BRAND2] white and black have no shade that would be known again, and are refused with what they would become', () => {
  expect(readBrandColour('#ffffff')).toMatch(/on the light one #ffffff would have to become the grey #\w{6}/)
  expect(readBrandColour('#000')).toMatch(/on the dark one #000 would have to become the grey #\w{6}/)
})

it('[BRAND2] the grounds that decide are those of theme.css', () => {
  expect(grounds(light)).toContain(GROUNDS.light)
  expect(grounds(dark)).toContain(GROUNDS.dark)
})
