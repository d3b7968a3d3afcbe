import type { AreaKind } from '../areas.ts'
import type { RoadKind } from '../city.ts'

export type BasemapTheme = 'light' | 'dark'

export type Palette = {
  land: string
  water: string
  waterEdge: string
  riverside: string
  area: Record<AreaKind, string>
  /** The grounds of an apartment complex. */
  complex: string
  building: string
  buildingEdge: string
  /** Far out, where only the great slabs show. */
  buildingFar: string
  road: Record<RoadKind, { fill: string; casing: string }>
  text: Record<'street' | 'station' | 'district' | 'park' | 'water' | 'poi', string>
  halo: string
  stationRing: string
}

/** Quiet on purpose: the route, the rider and the doors are drawn over it and must be the loudest things on the map. */
export const PALETTES: Record<BasemapTheme, Palette> = {
  light: {
    land: '#f1efea',
    water: '#a9d3ee',
    waterEdge: '#93c3e3',
    riverside: '#d3e9c8',
    area: { park: '#cbe7bd', wood: '#bddfb0', precinct: '#e7e3ec', school: '#ebe6d6', lake: '#a9d3ee' },
    complex: '#ecede2',
    building: '#e6e2da',
    buildingEdge: '#d2ccc1',
    buildingFar: '#e4e1d8',
    road: {
      motorway: { fill: '#fbdc92', casing: '#e6bb62' },
      primary: { fill: '#ffffff', casing: '#cfcabf' },
      secondary: { fill: '#ffffff', casing: '#d8d3c9' },
      local: { fill: '#ffffff', casing: '#dfdbd2' },
      lane: { fill: '#fdfdfc', casing: '#e3dfd7' },
    },
    text: {
      street: '#5f6672',
      station: '#2f3a4d',
      district: '#7b7f88',
      park: '#3f7d3a',
      water: '#3f7fae',
      poi: '#6b5b86',
    },
    halo: 'rgba(255, 255, 255, 0.92)',
    stationRing: '#ffffff',
  },
  dark: {
    land: '#1b212d',
    water: '#10283f',
    waterEdge: '#173550',
    riverside: '#1c3230',
    area: { park: '#1e3a33', wood: '#1b352f', precinct: '#262a3c', school: '#2a2b33', lake: '#10283f' },
    complex: '#1c252e',
    building: '#242b39',
    buildingEdge: '#303949',
    buildingFar: '#222936',
    road: {
      motorway: { fill: '#6d6044', casing: '#12161f' },
      primary: { fill: '#465168', casing: '#141923' },
      secondary: { fill: '#3b455a', casing: '#151a25' },
      local: { fill: '#333c4f', casing: '#171c28' },
      lane: { fill: '#2d3546', casing: '#181e2a' },
    },
    text: {
      street: '#cdd5e2',
      station: '#dbe2ef',
      district: '#8e98ab',
      park: '#7fb38b',
      water: '#6fa5d1',
      poi: '#b3a5d6',
    },
    halo: 'rgba(20, 25, 35, 0.92)',
    stationRing: '#1b212d',
  },
}
