/** A Map with at most `most` entries: with one more the first goes, in the order of a Map, which is that of insertion. */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #most: number

  constructor(most: number) {
    super()
    this.#most = most
  }

  override set(key: K, value: V): this {
    super.set(key, value)
    if (this.size > this.#most) {
      const [first] = this.keys()
      this.delete(first as K)
    }
    return this
  }

  /** As the newest: an entry that is used stays longest. */
  setLast(key: K, value: V): this {
    this.delete(key)
    return this.set(key, value)
  }
}
