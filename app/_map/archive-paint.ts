import { type Feature, LineSymbolizer, type PaintRule, PolygonSymbolizer } from 'protomaps-leaflet'
import type { Palette } from '#demo-city/tiles/palette.ts'
import { casingPx, roadWidthPx } from '#demo-city/tiles/road-widths.ts'

type RoadKind = Parameters<typeof roadWidthPx>[0]

/** Of https://docs.protomaps.com/basemaps/layers, version 4: what a rider and a customer look for, from the bottom up. */
const PARKS = [
  'park',
  'garden',
  'grass',
  'village_green',
  'playground',
  'recreation_ground',
  'pitch',
  'cemetery',
]
const FAR_PARKS = [
  'golf_course',
  'nature_reserve',
  'national_park',
  'protected_area',
  'allotments',
  'meadow',
  'zoo',
]
const WOODS = ['wood', 'forest', 'scrub', 'orchard']
const GROUNDS = [
  'hospital',
  'industrial',
  'commercial',
  'retail',
  'pedestrian',
  'railway',
  'aerodrome',
  'pier',
]
const SCHOOLS = ['school', 'university', 'college', 'kindergarten', 'stadium']
const MAJOR = ['motorway', 'trunk', 'primary']
const HOUSES_ZOOM = 16
const HOUSE_EDGES_ZOOM = 17

export function paintRules(palette: Palette): PaintRule[] {
  const landuse = (kinds: readonly string[], fill: string): PaintRule => ({
    dataLayer: 'landuse',
    symbolizer: new PolygonSymbolizer({ fill }),
    filter: (_zoom, { props }) => kinds.includes(String(props.kind)),
  })
  return [
    { dataLayer: 'earth', symbolizer: new PolygonSymbolizer({ fill: palette.land }) },
    landuse(['residential'], palette.complex),
    landuse(GROUNDS, palette.area.precinct),
    landuse(SCHOOLS, palette.area.school),
    landuse([...PARKS, ...FAR_PARKS], palette.area.park),
    landuse(WOODS, palette.area.wood),
    landuse(['beach', 'sand'], palette.area.school),
    {
      dataLayer: 'water',
      symbolizer: new PolygonSymbolizer({ fill: palette.water, stroke: palette.waterEdge, width: 1.2 }),
      filter: (_zoom, { geomType }) => geomType === POLYGON,
    },
    {
      dataLayer: 'water',
      symbolizer: line(palette.water, (zoom) => Math.max(1.2, 2 ** (zoom - 15) * 3)),
      filter: (_zoom, { geomType }) => geomType === LINE,
    },
    {
      dataLayer: 'buildings',
      minzoom: HOUSES_ZOOM,
      symbolizer: new PolygonSymbolizer({
        fill: palette.building,
        stroke: palette.buildingEdge,
        width: (zoom: number) => (zoom >= HOUSE_EDGES_ZOOM ? 0.7 : 0),
      }),
      filter: (_zoom, { geomType }) => geomType === POLYGON,
    },
    {
      dataLayer: 'roads',
      minzoom: 13,
      symbolizer: line(palette.road.lane.casing, (zoom) => (zoom >= 16 ? 1.6 : 0.8)),
      filter: (_zoom, { props }) => props.kind === 'rail' || props.kind === 'path',
    },
    // Casings all come before fills, so that streets open into one another where they meet.
    ...level(['lane', 'local', 'secondary', 'primary'], palette),
    ...level(['motorway'], palette),
  ]
}

const LINE = 2
const POLYGON = 3

function line(color: string, width: (zoom: number) => number): LineSymbolizer {
  return new LineSymbolizer({ color, width, lineCap: 'round', lineJoin: 'round' })
}

function level(kinds: readonly RoadKind[], palette: Palette): PaintRule[] {
  const parts = (['casing', 'fill'] as const).map((part) =>
    kinds.map((kind): PaintRule => {
      const widthPx = (zoom: number) =>
        roadWidthPx(kind, zoom) + (part === 'casing' ? 2 * casingPx(kind, zoom) : 0)
      return {
        dataLayer: 'roads',
        symbolizer: line(palette.road[kind][part], widthPx),
        filter: (zoom, feature) => roadKindOf(feature) === kind && widthPx(zoom) > 0,
      }
    }),
  )
  return parts.flat()
}

/** The same five widths that the drawn city knows; null for what is no street. */
export function roadKindOf({ props }: Pick<Feature, 'props'>): RoadKind | null {
  const detail = String(props.kind_detail)
  if (props.kind === 'highway') return 'motorway'
  if (props.kind === 'major_road') return MAJOR.includes(detail) ? 'primary' : 'secondary'
  if (props.kind === 'minor_road') return detail === 'service' ? 'lane' : 'local'
  return null
}
