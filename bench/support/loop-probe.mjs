// Loaded into the measured process before it starts (NODE_OPTIONS=--import): tells, when asked, how long its event loop
// stood still at most since the last time. Nothing of it is in the product.
import { connect } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 1
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delays.enable()
const line = connect({ port: Number(process.env.BENCH_PROBE), host: '127.0.0.1' })
line.on('error', () => {})
line.on('data', () => {
  line.write(`${JSON.stringify({ mostMs: delays.max / 1e6, p99Ms: delays.percentile(99) / 1e6 })}\n`)
  delays.reset()
})
line.unref()
