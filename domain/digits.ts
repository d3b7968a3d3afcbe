// A number keeps no more digits than it means: what arithmetic leaves behind would be a sixth of every push.
// Adding 0 makes 0 of −0.

/** Latitude or longitude: 1e-7 of a degree is about a centimetre. */
export const roundDegrees = (value: number): number => Math.round(value * 1e7) / 1e7 + 0

/** Accuracy (m), speed (m/s) and heading (degrees): no device knows them to less than a tenth. */
export const roundTenths = (value: number): number => Math.round(value * 10) / 10 + 0
