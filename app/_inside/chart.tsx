'use client'
import { useEffect, useRef } from 'react'
import 'uplot/dist/uPlot.min.css'
import UPlot from 'uplot'
import { useDark } from '#app/_ui/use-media.ts'

/** Named after the custom property of theme.css. */
type Colour = 'accent' | 'info-soft-ink' | 'warn-soft-ink' | 'danger' | 'muted' | 'ink'
type Axis = {
  label: string
  /** The range of the axes where it is not simply that of the data. */
  range?: readonly [from: number, to: number]
  /** A number beside the axis, as text. */
  format?: (value: number) => string
}

type Props = {
  /** Text alternative: what the picture shows. */
  label: string
  x: Axis
  y: Axis
  lines: readonly { label: string; colour: Colour; dash?: boolean }[]
  /** First the x of all lines, ascending; then the y of each line. null: a gap. */
  data: readonly (readonly (number | null)[])[]
  heightPx?: number
}

const FONT = '12px "Inter Variable", system-ui, sans-serif'
const LINE_PX = 2
/** Room for the numbers and the label beside them. */
const AXIS_PX = { x: 46, y: 58 }

/** Lines over a common axis, at full width, in the theme's colours. Redraws only when `data` is a new array. */
export function Chart({ label, x, y, lines, data, heightPx = 220 }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<UPlot | null>(null)
  const dark = useDark()
  const newest = useRef({ x, y, data })
  useEffect(() => {
    newest.current = { x, y, data }
  })
  useEffect(() => chart.current?.setData(data as UPlot.AlignedData), [data])

  const look = JSON.stringify({ lines, labels: [x.label, y.label] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `dark` decides what the custom properties are.
  useEffect(() => {
    const { current } = place
    if (!current) return
    const drawn = draw(current, { look, heightPx, newest: () => newest.current })
    chart.current = drawn
    const observer = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height: heightPx }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      chart.current = null
      drawn.destroy()
    }
  }, [look, heightPx, dark])

  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="min-w-0 overflow-hidden"
      style={{ height: heightPx }}
    />
  )
}

type Drawing = { look: string; heightPx: number; newest: () => Pick<Props, 'x' | 'y' | 'data'> }

function draw(place: HTMLElement, { look, heightPx, newest }: Drawing): UPlot {
  const { lines, labels } = JSON.parse(look) as { lines: Props['lines']; labels: [string, string] }
  const styles = getComputedStyle(place)
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  const grid = { stroke: colour('line'), width: 1 }
  const axis = (key: 'x' | 'y', label: string): UPlot.Axis => ({
    label,
    labelFont: FONT,
    labelSize: 20,
    font: FONT,
    stroke: colour('muted'),
    size: AXIS_PX[key] - 20,
    gap: 4,
    grid,
    ticks: { show: false },
    values: (_chart, values) => values.map((value) => newest()[key].format?.(value) ?? String(value)),
  })
  const range = (key: 'x' | 'y') => (_chart: UPlot, least: number | null, most: number | null) =>
    [...(newest()[key].range ?? [least ?? 0, most ?? 1])] as [number, number]

  return new UPlot(
    {
      width: place.clientWidth,
      height: heightPx,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: range('x') }, y: { range: range('y') } },
      axes: [axis('x', labels[0]), axis('y', labels[1])],
      series: [
        {},
        ...lines.map(({ label, colour: name, dash }) => ({
          label,
          stroke: colour(name),
          width: LINE_PX,
          points: { show: false },
          ...(dash && { dash: [4, 4] }),
        })),
      ],
    },
    newest().data as UPlot.AlignedData,
    place,
  )
}
