/** A value as it is kept and described, or what is wrong with it. */
export type Parsed = { readonly value: string } | { readonly problem: string }

/** https://kafka.apache.org/protocol (DescribeConfigs, config_type) */
export const WireType = { UNKNOWN: 0, STRING: 2, INT: 3, LONG: 5, LIST: 7 } as const
export type WireType = (typeof WireType)[keyof typeof WireType]

export interface ConfigType {
  readonly wireType: WireType
  /** Reads the text of a setting. As in Kafka, space around it does not matter. (org.apache.kafka.common.config.ConfigDef.parseType) */
  readonly parse: (text: string) => Parsed
}

interface Limits {
  readonly min?: bigint
  readonly max?: bigint
  /** Why there is a `max` below the type's. */
  readonly why?: string
}

/** Java's whole numbers, exact to the last digit: the largest long is 1,024 times what a JavaScript number holds exactly. */
const wholeNumber =
  (wireType: WireType, bits: number) =>
  ({ min, max, why }: Limits = {}): ConfigType => {
    const lowest = min ?? -(2n ** BigInt(bits - 1))
    const highest = max ?? 2n ** BigInt(bits - 1) - 1n
    const problem = `must be a whole number from ${lowest} to ${highest}${why ? ` (${why})` : ''}`
    const parse = (text: string): Parsed => {
      const trimmed = text.trim()
      if (!/^[+-]?\d{1,32}$/.test(trimmed)) return { problem }
      const parsed = BigInt(trimmed.replace(/^\+/, ''))
      return parsed >= lowest && parsed <= highest ? { value: String(parsed) } : { problem }
    }
    return { wireType, parse }
  }

export const int = wholeNumber(WireType.INT, 32)
export const long = wholeNumber(WireType.LONG, 64)

export const oneOf = (...supported: string[]): ConfigType => ({
  wireType: WireType.STRING,
  parse: (text) => {
    const value = text.trim()
    return supported.includes(value) ? { value } : { problem: `must be one of ${supported.join(', ')}` }
  },
})

/** A setting that this broker has only one way for: told honestly rather than accepted and ignored. */
export const only = (supported: string): ConfigType => ({
  wireType: WireType.STRING,
  parse: (text) => {
    const value = text.trim()
    return value === supported ? { value } : { problem: `this broker supports only "${supported}"` }
  },
})

/** Words between commas, each once; none at all is a list, too. */
export const listOf = (...supported: string[]): ConfigType => ({
  wireType: WireType.LIST,
  parse: (text) => {
    const words = splitList(text)
    const unknown = words.find((word) => !supported.includes(word))
    return unknown === undefined
      ? { value: words.join(',') }
      : { problem: `"${unknown}" is not among what this broker supports: ${supported.join(', ')}` }
  },
})

/** The words of a list, each once. */
export function splitList(text: string): string[] {
  if (text.trim() === '') return []
  return [...new Set(text.split(',').map((word) => word.trim()))]
}
