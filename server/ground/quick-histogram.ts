type Labels<Label extends string> = Record<Label, string | number>
type Value = { metricName: string; labels: Partial<Record<string, string | number>>; value: number }
type Told = { name: string; help: string; type: 'histogram'; aggregator: 'sum'; values: Value[] }
/** What is needed of prom-client's. It asks a metric for its name, and for what `get` returns. */
type Registry = { registerMetric(metric: never): void }
type Options<Label extends string> = {
  name: string
  help: string
  /** In the order in which they are told. */
  labelNames: readonly Label[]
  /** Upper bounds, the lowest first. */
  buckets: readonly number[]
  registers: readonly Registry[]
}

/** The values with the same labels. */
class Series<Label extends string> {
  readonly labels: Labels<Label>
  readonly #bounds: readonly number[]
  /** By bucket, and last those above all bounds. */
  readonly #counts: number[]
  #sum = 0

  constructor(labels: Labels<Label>, bounds: readonly number[]) {
    this.labels = labels
    this.#bounds = bounds
    this.#counts = Array<number>(bounds.length + 1).fill(0)
  }

  observe(value: number): void {
    let bucket = 0
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] as number)) bucket += 1
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1
    this.#sum += value
  }

  values(name: string): Value[] {
    let count = 0
    const upTo = (le: number | string, index: number) => {
      count += this.#counts[index] as number
      return { metricName: `${name}_bucket`, labels: { le, ...this.labels }, value: count }
    }
    const buckets = [...this.#bounds, '+Inf'].map(upTo)
    const { labels } = this
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: count },
    ]
  }
}

/**
 * A histogram of a prom-client registry, for what is observed at every request and every event: prom-client's own makes a
 * text of the labels, and another of the bucket, to find where a value counts.
 */
export class QuickHistogram<Label extends string> {
  readonly name: string
  readonly #options: Options<Label>
  #series: Series<Label>[] = []

  constructor(options: Options<Label>) {
    this.name = options.name
    this.#options = options
    for (const registry of options.registers) registry.registerMetric(this as never)
    // Of the one series that there is without labels prom-client tells before its first value, too.
    if (options.labelNames.length === 0) this.#find({} as Labels<Label>)
  }

  observe(labels: Labels<Label>, value: number): void {
    this.#find(labels).observe(value)
  }

  /** There are few, and those that are asked for most come first. */
  #find(labels: Labels<Label>): Series<Label> {
    const { labelNames, buckets } = this.#options
    const all = this.#series
    for (let at = 0; at < all.length; at += 1) {
      const series = all[at] as Series<Label>
      let same = true
      for (const name of labelNames) same &&= series.labels[name] === labels[name]
      if (!same) continue
      if (at > 0) {
        all[at] = all[at - 1] as Series<Label>
        all[at - 1] = series
      }
      return series
    }
    const ordered = Object.fromEntries(labelNames.map((name) => [name, labels[name]])) as Labels<Label>
    const begun = new Series(ordered, buckets)
    all.push(begun)
    return begun
  }

  /** As prom-client asks for it. */
  async get(): Promise<Told> {
    const { name, help } = this.#options
    const values = this.#series.flatMap((series) => series.values(name))
    return { name, help, type: 'histogram', aggregator: 'sum', values }
  }

  reset(): void {
    this.#series = []
  }
}
