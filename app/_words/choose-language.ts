import { isLanguage, type Language, languages } from './language.ts'

/** The cookie that keeps what was chosen by hand. */
export const LANGUAGE_COOKIE = 'language'

/** What was chosen by hand, else the first language of Accept-Language (RFC 9110 §12.5.4) that there is. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | null): Language {
  if (isLanguage(chosen)) return chosen
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { language: tag.split('-')[0], weight: weight ? Number(weight.slice(2)) : 1 }
    })
    .filter(({ weight }) => weight > 0)
    // Stable: of equal weight the first one named.
    .sort((a, b) => b.weight - a.weight)
  return wanted.map(({ language }) => language).find(isLanguage) ?? (languages[0] as Language)
}
