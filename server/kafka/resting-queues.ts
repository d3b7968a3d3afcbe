import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'

/**
 * From now on a connection of kafkajs on which no request waits sets no timer. kafkajs 2.2.4 would look again every millisecond
 * and for ever (https://github.com/tulios/kafkajs/issues/1704): of an instance with nothing to do that was nearly all its work.
 * What waits, because the broker asked for it or too much is under way, is looked after as before.
 */
export function restQueues(): void {
  const { prototype } = RequestQueue
  const schedule = prototype.scheduleCheckPendingRequests
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this)
  }
}
