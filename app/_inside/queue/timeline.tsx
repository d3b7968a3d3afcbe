'use client'
import { useEffect, useRef } from 'react'
import { useDark } from '#app/_ui/use-media.ts'
import type { BurstSide } from '#contracts/inside/queue.ts'

type Props = {
  /** Text alternative. */
  label: string
  side: BurstSide
  nowMs: number
  /** The axis of both timelines. */
  spanMs: number
  awayWord: string
}

const HEIGHT_PX = 200
const AXIS_PX = 22
const FONT = '12px "Inter Variable", system-ui, sans-serif'
/** The least width, so that an answer within milliseconds is visible. */
const LEAST_PX = 2
const LIGHTER = 0.3

/** A line per job, from request to answer, and lighter from there until it was done. */
export function Timeline({ label, side, nowMs, spanMs, awayWord }: Props) {
  const ref = useRef<HTMLCanvasElement>(null)
  const dark = useDark()
  const drawn = useRef(() => {})

  // biome-ignore lint/correctness/useExhaustiveDependencies: `dark` decides what the custom properties are.
  useEffect(() => {
    const { current } = ref
    if (!current) return
    drawn.current = () => draw(current, { side, nowMs, spanMs, awayWord })
    drawn.current()
  }, [side, nowMs, spanMs, awayWord, dark])

  useEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(() => drawn.current())
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])

  return <canvas ref={ref} role="img" aria-label={label} className="block h-[200px] w-full" />
}

function draw(canvas: HTMLCanvasElement, { side, nowMs, spanMs, awayWord }: Omit<Props, 'label'>): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const ratio = window.devicePixelRatio
  const width = canvas.clientWidth
  canvas.width = width * ratio
  canvas.height = HEIGHT_PX * ratio
  pen.scale(ratio, ratio)
  pen.font = FONT
  const styles = getComputedStyle(canvas)
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  const heightPx = HEIGHT_PX - AXIS_PX
  const x = (atMs: number) => (atMs / spanMs) * (width - 1)

  drawAxis(pen, { width, heightPx, spanMs, x, line: colour('line'), ink: colour('muted') })

  if (side.away) {
    const [fromPx, toPx] = [x(side.away.fromMs), x(side.away.toMs ?? nowMs)]
    pen.fillStyle = colour('danger-soft')
    pen.fillRect(fromPx, 0, toPx - fromPx, heightPx)
    pen.fillStyle = colour('danger-soft-ink')
    if (pen.measureText(awayWord).width + 12 < toPx - fromPx) pen.fillText(awayWord, fromPx + 6, 14)
  }

  const rowPx = heightPx / side.asked.length
  const barPx = Math.max(1, rowPx - Math.min(1, rowPx / 3))
  side.asked.forEach((askedMs, job) => {
    if (askedMs === null) return
    const answeredMs = side.answered[job] ?? nowMs
    const bar = (fromMs: number, toMs: number, name: string, alpha = 1) => {
      pen.fillStyle = colour(name)
      pen.globalAlpha = alpha
      pen.fillRect(x(fromMs), job * rowPx, Math.max(LEAST_PX, x(toMs) - x(fromMs)), barPx)
    }
    const failed = side.failed.includes(job)
    if (!failed) bar(answeredMs, Math.max(answeredMs, side.done[job] ?? nowMs), 'accent', LIGHTER)
    bar(askedMs, answeredMs, failed ? 'danger' : 'accent')
  })
}

type Axis = {
  width: number
  heightPx: number
  spanMs: number
  x: (atMs: number) => number
  line: string
  ink: string
}

function drawAxis(pen: CanvasRenderingContext2D, { width, heightPx, spanMs, x, line, ink }: Axis): void {
  const stepS = [1, 2, 5, 10].find((step) => (width / spanMs) * 1_000 * step >= 36) ?? 20
  for (let atS = 0; atS * 1_000 <= spanMs; atS += stepS) {
    const atPx = Math.round(x(atS * 1_000))
    pen.fillStyle = line
    pen.fillRect(atPx, 0, 1, heightPx)
    pen.fillStyle = ink
    const words = String(atS)
    pen.fillText(words, Math.min(atPx, width - pen.measureText(words).width), HEIGHT_PX - 6)
  }
}
