/** One sample of an app's /metrics; `labels` is text that its labels must hold, e.g. `state="Open"`. */
export async function readMetric(url: string, name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const line = text.split('\n').find((row) => row.startsWith(`${name}{`) && row.includes(labels))
  return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')))
}
