/** An event that Kafka may not have yet. */
export type Outgoing<Event> = { id: bigint; event: Event; requestId: string | undefined }

/** Events that are stored by the statement that makes a change, until Kafka has them. */
export type Outbox<Event> = {
  /** In the order in which the changes were made. */
  pending(limit: number): Promise<Outgoing<Event>[]>
  /** Kafka has them. */
  remove(ids: bigint[]): Promise<void>
}
