/** When an order was promised: the time of day, with the date unless it is today, in the reader's own zone. */
export function promiseWords(promisedAtMs: number, nowMs: number): { en: string; ko: string } {
  const at = new Date(promisedAtMs)
  const isToday = at.toDateString() === new Date(nowMs).toDateString()
  const words = (locale: string) =>
    at.toLocaleString(locale, {
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
      ...(!isToday && { month: 'short', day: 'numeric' }),
    })
  return { en: `Promised for ${words('en-GB')}`, ko: `약속한 도착 시각 ${words('ko-KR')}` }
}
