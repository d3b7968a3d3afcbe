import { z } from 'zod'

/** BCP 47, as in `en` or `ko-KR`. */
export const languageTagSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'A language is written as in `en` or `ko-KR`.')
