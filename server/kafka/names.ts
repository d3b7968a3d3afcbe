/** What topics and groups are called in Kafka: their own names, after a prefix on a cluster that is shared with others. */
export type Names = {
  inKafka(name: string): string
  /** Back to the name that the rest of the app knows. */
  plain(nameInKafka: string): string
}

export function createNames(prefix: string): Names {
  return {
    inKafka: (name) => prefix + name,
    plain: (nameInKafka) => nameInKafka.slice(prefix.length),
  }
}
