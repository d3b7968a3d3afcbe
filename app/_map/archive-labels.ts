import { type Feature, type LabelRule, type LabelSymbolizer, LineLabelSymbolizer } from 'protomaps-leaflet'
import type { RoadKind } from '#demo-city/city.ts'
import { fontOf, HALO_PX, type Label, LINE_HEIGHT, STREET_HALO_PX } from '#demo-city/tiles/label.ts'
import type { Palette } from '#demo-city/tiles/palette.ts'
import { bothNames } from '#demo-city/tiles/reading.ts'
import { roadKindOf } from './archive-paint.ts'

const PADDING_PX = 5
const POINT = 1
/** Of many kinds of places those by which one finds a door. */
const LANDMARKS = ['hospital', 'university', 'school', 'mall', 'museum', 'stadium', 'attraction', 'landmark']
const STREETS = [
  { kind: 'motorway', firstZoom: 13, sizePx: 11.5, weight: 560 },
  { kind: 'primary', firstZoom: 14, sizePx: 11.5, weight: 560 },
  { kind: 'secondary', firstZoom: 15, sizePx: 11, weight: 480 },
  { kind: 'local', firstZoom: 17, sizePx: 11, weight: 480 },
] as const

/** Names, the most important first, each in Latin letters and, where that is another, as it stands on the signs. */
export function labelRules(palette: Palette): LabelRule[] {
  const points = (
    dataLayer: string,
    kinds: readonly string[],
    look: Look,
    zooms: { minzoom?: number; maxzoom?: number } = {},
  ): LabelRule => ({
    dataLayer,
    ...zooms,
    symbolizer: names(palette, look),
    filter: (zoom, { props, geomType }) =>
      geomType === POINT && kinds.includes(String(props.kind)) && zoom >= Number(props.min_zoom ?? 0),
  })
  return [
    points('places', ['country', 'region'], { kind: 'district', sizePx: 13, weight: 560 }, { maxzoom: 8 }),
    points('places', ['locality'], { kind: 'station', sizePx: 14, weight: 600 }, { maxzoom: 14 }),
    points('pois', ['station'], { kind: 'station', sizePx: 12, weight: 640 }, { minzoom: 13 }),
    points('water', ['ocean', 'sea', 'bay', 'lake', 'water', 'river'], {
      kind: 'water',
      sizePx: 14,
      weight: 500,
    }),
    points(
      'places',
      ['macrohood', 'neighbourhood'],
      { kind: 'district', sizePx: 13, weight: 560 },
      {
        minzoom: 13,
        maxzoom: 16,
      },
    ),
    points(
      'pois',
      ['park', 'garden', 'forest'],
      { kind: 'park', sizePx: 11.5, weight: 560 },
      { minzoom: 14 },
    ),
    points('pois', LANDMARKS, { kind: 'poi', sizePx: 11.5, weight: 560 }, { minzoom: 15 }),
    ...STREETS.map(
      ({ kind, firstZoom, sizePx, weight }): LabelRule => ({
        dataLayer: 'roads',
        minzoom: firstZoom,
        symbolizer: alongStreets(palette, kind, fontOf({ kind: 'street', sizePx, weight }, 0)),
        filter: (_zoom, feature) => roadKindOf(feature) === kind,
      }),
    ),
  ]
}

/** Latin letters first, but Korean to its readers. `name:en` is often missing where the name itself is in Latin letters. */
function namesOf({ props }: Pick<Feature, 'props'>): string[] {
  const [own, latin] = [props.name, props['name:en']].map((name) => (typeof name === 'string' ? name : ''))
  if (own === undefined || latin === undefined) return []
  if (latin === '' || latin === own) return own === '' ? [] : [own]
  if (own === '') return [latin]
  return /\p{Script=Hangul}/u.test(own) ? bothNames(latin, own) : [latin, own]
}

function alongStreets(palette: Palette, kind: RoadKind, font: string): LabelSymbolizer {
  const symbolizer = new LineLabelSymbolizer({
    font,
    fill: palette.text.street,
    stroke: palette.road[kind].fill,
    width: STREET_HALO_PX,
    repeatDistance: 480,
    // Centred on the street: by default a name stands above its line.
    position: 2,
  })
  symbolizer.text.get = (_zoom, feature) => namesOf(feature).join(' ')
  const place = symbolizer.place.bind(symbolizer)
  // With the corners of letters a wide halo has spikes.
  symbolizer.place = (...given) =>
    place(...given)?.map(({ draw, ...label }) => ({
      ...label,
      draw(ctx) {
        ctx.lineJoin = 'round'
        draw(ctx)
      },
    }))
  return symbolizer
}

type Look = Pick<Label, 'kind' | 'sizePx' | 'weight'>

/** Up to two rows over one point. */
function names(palette: Palette, look: Look): LabelSymbolizer {
  return {
    place(layout, geom, feature) {
      const rows = namesOf(feature)
      const anchor = geom[0]?.[0]
      if (!anchor || rows.length === 0) return undefined
      const ctx = layout.scratch
      const widths = rows.map((text, row) => {
        ctx.font = fontOf(look, row)
        return ctx.measureText(text).width
      })
      const rowPx = look.sizePx * LINE_HEIGHT
      const [halfW, halfH] = [Math.max(...widths) / 2 + PADDING_PX, (rows.length * rowPx) / 2 + PADDING_PX]
      const { x, y } = anchor
      return [
        {
          anchor,
          bboxes: [{ minX: x - halfW, maxX: x + halfW, minY: y - halfH, maxY: y + halfH }],
          draw: (target) => drawRows(target, rows, { look, rowPx, palette }),
        },
      ]
    },
  }
}

function drawRows(
  ctx: CanvasRenderingContext2D,
  rows: readonly string[],
  { look, rowPx, palette }: { look: Look; rowPx: number; palette: Palette },
): void {
  ctx.globalAlpha = 1
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  ctx.lineWidth = HALO_PX
  ctx.strokeStyle = palette.halo
  ctx.fillStyle = palette.text[look.kind]
  for (const pass of ['strokeText', 'fillText'] as const)
    rows.forEach((text, row) => {
      ctx.font = fontOf(look, row)
      ctx[pass](text, 0, (row - (rows.length - 1) / 2) * rowPx)
    })
}
