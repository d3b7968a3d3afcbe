/** What is drawn whole, in degrees; beyond it some streets go on, but there is no town around them. */
export const CITY_EXTENT = { south: 37.466, west: 126.944, north: 37.5605, east: 127.162 }

/** At its rim the drawing fades, over this share of its width and height. */
export const RIM_SHARE = 0.05
