import { describe, expect, it } from 'vitest'
import { framePadding } from '#app/_map/frame-padding.ts'

const box = (width: number, height: number, left = 0, top = 0) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})
const MARKERS = { topLeft: [44, 72], bottomRight: [44, 36] } as {
  topLeft: [number, number]
  bottomRight: [number, number]
}

describe('the room around what is in view', () => {
  it('[TRK24] P8: is what the markers need, where there is room', () => {
    expect(framePadding(box(390, 500), MARKERS, null)).toEqual(MARKERS)
  })

  it('[TRK24] P8: leaves out what the sheet covers, at the side where that costs least', () => {
    expect(framePadding(box(390, 500), MARKERS, box(390, 300, 0, 480)).bottomRight).toEqual([44, 56])
    const open = framePadding(box(1280, 800), MARKERS, box(400, 700, 24, 24))
    expect(open.topLeft).toEqual([468, 72])
    const folded = framePadding(box(1280, 800), MARKERS, box(400, 100, 24, 24))
    expect(folded.topLeft).toEqual([44, 196])
    expect(framePadding(box(390, 500), MARKERS, box(390, 300, 0, 500))).toEqual(MARKERS)
  })

  it('[TRK24] P8: shrinks in a low map, so that some of it is left', () => {
    for (const height of [40, 100, 138, 180]) {
      const { topLeft, bottomRight } = framePadding(box(320, height), MARKERS, box(320, 100, 0, height - 20))
      expect(height - topLeft[1] - bottomRight[1]).toBeGreaterThanOrEqual(0.39 * height)
    }
  })
})
