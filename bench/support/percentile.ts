import { percentile } from '#domain/percentile.ts'

export { percentile }

export const median = (values: readonly number[]) => percentile(values, 0.5)
