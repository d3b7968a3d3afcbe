import { expect, it } from 'vitest'
import { type Frame, looseFrame } from '#app/_map/loose-frame.ts'
import type { LatLng } from '#contracts/place.ts'
import { seededRandom } from '#demo-city/random.ts'

const NEWEST = 12
const M = 1 / 111_320

/** The frames of a map that shows the newest points of a walk, one more point each time. */
function framesOf(walk: readonly LatLng[]): Frame[] {
  const frames: Frame[] = []
  for (let count = 1; count <= walk.length; count += 1)
    frames.push(looseFrame(frames.at(-1) ?? null, walk.slice(Math.max(0, count - NEWEST), count)))
  return frames
}
const changes = (frames: readonly Frame[]) =>
  frames.filter((frame, index) => index > 0 && frame !== frames[index - 1]).length

function walkAtRandom(random: () => number, stepM: number): LatLng[] {
  const walk: LatLng[] = [[37.5, 127.03]]
  for (let heading = 0; walk.length < 200; heading += (random() - 0.5) * 2) {
    const [lat, lng] = walk.at(-1) as LatLng
    walk.push([lat + Math.cos(heading) * stepM * M, lng + Math.sin(heading) * stepM * M])
  }
  return walk
}

it('[JOUR8] on any walk all points are in the frame, whatever it was before, and it stays for the same points', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = seededRandom(String(seed))
    const walk = walkAtRandom(random, 0.1 + random() * 200)
    for (const [index, frame] of framesOf(walk).entries()) {
      const [[south, west], [north, east]] = frame
      const points = walk.slice(Math.max(0, index + 1 - NEWEST), index + 1)
      expect(looseFrame(frame, points)).toBe(frame)
      for (const [lat, lng] of points) {
        expect(lat >= south && lat <= north).toBe(true)
        expect(lng >= west && lng <= east).toBe(true)
      }
    }
  }
})

it('[JOUR8] a rider who stands leaves the map alone, one who rides moves it now and then, not each time', () => {
  const stands = Array.from({ length: 100 }, (): LatLng => [37.5, 127.03])
  expect(changes(framesOf(stands))).toBe(0)
  const rides = Array.from({ length: 100 }, (_, index): LatLng => [37.5 + index * 8 * M, 127.03])
  expect(changes(framesOf(rides))).toBeGreaterThan(3)
  expect(changes(framesOf(rides))).toBeLessThan(20)
})

it('[JOUR8] after a long way through a few streets it comes close again', () => {
  const far = Array.from({ length: 12 }, (_, index): LatLng => [37.5 + index * 300 * M, 127.03])
  const near = Array.from({ length: 30 }, (_, index): LatLng => [37.53 + index * M, 127.03])
  const [[south], [north]] = framesOf([...far, ...near]).at(-1) as Frame
  expect(north - south).toBeLessThan(300 * M)
})
