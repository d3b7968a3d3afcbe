import { z } from 'zod'

/** Degrees, WGS 84. */
export const latSchema = z.number().min(-90).max(90)
export const lngSchema = z.number().min(-180).max(180)

/** A position as Leaflet and GeoJSON-minded people argue about it: here always latitude first. */
export const latLngSchema = z.tuple([latSchema, lngSchema])
export type LatLng = z.infer<typeof latLngSchema>

export const placeSchema = z.object({ name: z.string().min(1).max(200), lat: latSchema, lng: lngSchema })
export type Place = z.infer<typeof placeSchema>
