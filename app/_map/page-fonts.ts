/** A font of the page's style sheets, as another place can load it. */
export type Face = { family: string; source: string; weight: string; style: string; unicodeRange: string }

/** The page's own fonts: a worker knows none of its style sheets. */
export function pageFonts(): Face[] {
  return [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet)
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map(({ style }) => ({
        family: style.getPropertyValue('font-family').replaceAll('"', ''),
        source: withWholeUrls(style.getPropertyValue('src'), sheet.href ?? location.href),
        weight: style.getPropertyValue('font-weight') || 'normal',
        style: style.getPropertyValue('font-style') || 'normal',
        unicodeRange: style.getPropertyValue('unicode-range') || 'U+0-10FFFF',
      })),
  )
}

/** A style sheet of another origin, such as a browser extension's, does not let itself be read. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules]
  } catch {
    return []
  }
}

const withWholeUrls = (source: string, base: string) =>
  source.replaceAll(/url\("?([^")]+)"?\)/g, (_all, path: string) => `url("${new URL(path, base)}")`)
