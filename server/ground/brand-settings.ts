import { z } from 'zod'
import { readBrandColour } from './brand-colour.ts'
import { readBrandLogo } from './brand-logo.ts'

/** As long as it stands beside the language switch of a phone. */
const LONGEST_NAME = 30

export const brandName = z
  .string()
  .refine(
    (text) => text === text.trim() && [...text].length <= LONGEST_NAME && !/\p{C}/u.test(text),
    `must be a name of at most ${LONGEST_NAME} characters, without spaces around it and control characters in it`,
  )

export const brandColour = whole(readBrandColour)

export const brandLogo = whole((path) => {
  const logo = readBrandLogo(path)
  return typeof logo === 'string' ? `must name a picture, .svg or .png: ${logo}` : logo
})

/** What `read` makes of the text, or the words that it has against it. */
function whole<T extends object>(read: (text: string) => T | string) {
  return z.string().transform((text, context): T => {
    const value = read(text)
    if (typeof value !== 'string') return value
    context.addIssue({ code: 'custom', message: value })
    return z.NEVER
  })
}
