import { z } from 'zod'

/** As Prisma tells it of an operation on a model and of a statement of our own, and as the driver does (SQLSTATE). */
const violationSchema = z.union([
  z.object({ code: z.literal('P2003') }),
  z.object({
    code: z.literal('P2010'),
    meta: z.object({
      driverAdapterError: z.object({ cause: z.object({ kind: z.literal('ForeignKeyConstraintViolation') }) }),
    }),
  }),
  z.object({ code: z.literal('23503') }),
])

/** A row that others refer to was to go, or one that is referred to had just gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return violationSchema.safeParse(error).success
}
