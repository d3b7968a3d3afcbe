import L from 'leaflet'
import type { LatLng } from '#contracts/place.ts'
import type { Course } from './course.ts'
import {
  courseAt,
  type Glide,
  glideAt,
  isDone,
  isJump,
  type Shown,
  startGlide,
  turnTowards,
} from './glide.ts'
import { isOnStreet, onStreet, pathBetween } from './path-between.ts'
import { createRiderIcon } from './rider-icon.ts'

export type RiderTarget = {
  /** A new seq starts a new movement; a repeated one changes nothing. */
  seq: number
  at: LatLng
  headingDeg?: number | undefined
  /** Without it the marker points along its path, or along `headingDeg` where the path has no direction. */
  course?: Course
  route: LatLng[]
  durationMs: number
}
export type RiderMarker = {
  moveTo(target: RiderTarget): void
  setFreshness(freshness: string): void
  /** What it is called to screen readers. */
  setLabel(label: string): void
  setReducedMotion(reduced: boolean): void
  remove(): void
}

/**
 * The rider's marker. It is never shown ahead of what is known: each new position starts a glide from where the marker is
 * now, and the glide takes about as long as the interval between reports. Animated outside React.
 */
export function createRiderMarker(map: L.Map, onMove: (at: LatLng) => void): RiderMarker {
  const icon = createRiderIcon()
  let marker: L.Marker | null = null
  let shown: Shown | null = null
  let glide: Glide | null = null
  let wantedDeg: number | null = null
  /** Whether the marker points along its path rather than to `wantedDeg`. */
  let alongPath = true
  let seq = 0
  let frame = 0
  let lastFrameMs = 0
  let still = false
  let zooming = false

  function moveTo(target: RiderTarget) {
    if (target.seq === seq) return learnHeading(target)
    seq = target.seq
    icon.root.dataset.seq = String(seq)
    lookWhere(target)
    // A hidden page draws no frames: the marker jumps, and is in place when the page is shown again.
    if (!shown || still || document.hidden || isJump(shown.at, target.at)) return jump(target)
    const nowMs = performance.now()
    glide = startGlide(
      pathBetween(shown.at, onStreet(target.at, target.route), target.route),
      nowMs,
      target.durationMs,
    )
    if (!frame) {
      lastFrameMs = nowMs
      frame = requestAnimationFrame(onFrame)
    }
  }

  /** Off the street a path is as uncertain as its ends; a standing rider's path is only noise. */
  function lookWhere({ at, headingDeg, course, route }: RiderTarget) {
    alongPath = !course || (course.moving && !!shown && isOnStreet(shown.at, route) && isOnStreet(at, route))
    if (!course) wantedDeg = headingDeg ?? wantedDeg
    else if (course.moving || !shown) wantedDeg = course.headingDeg ?? wantedDeg
  }

  /** The history may give a heading to a marker that was placed without one. */
  function learnHeading({ course }: RiderTarget) {
    if (!shown || glide || wantedDeg !== null || course?.headingDeg == null) return
    wantedDeg = course.headingDeg
    draw({ at: shown.at, headingDeg: wantedDeg })
  }

  function jump(target: RiderTarget) {
    // Only far jumps fade in: a marker that never glides would fade in at each position and hardly be visible.
    const isFar = shown !== null && isJump(shown.at, target.at)
    glide = null
    draw({ at: onStreet(target.at, target.route), headingDeg: wantedDeg ?? shown?.headingDeg ?? 0 })
    if (isFar) icon.fadeIn()
  }

  function onFrame(nowMs: number) {
    frame = 0
    if (!shown || !glide) return
    const elapsedMs = nowMs - lastFrameMs
    lastFrameMs = nowMs
    if (alongPath) wantedDeg = courseAt(glide, nowMs) ?? wantedDeg
    const towardsDeg = wantedDeg ?? shown.headingDeg
    // Leaflet animates zooms with its own CSS transition; setting a position during one would break it.
    if (!zooming)
      draw({ at: glideAt(glide, nowMs), headingDeg: turnTowards(shown.headingDeg, towardsDeg, elapsedMs) })
    if (!isDone(glide, nowMs)) frame = requestAnimationFrame(onFrame)
  }

  function draw(next: Shown) {
    shown = next
    if (marker) place(map, marker, next.at)
    else {
      const divIcon = L.divIcon({ html: icon.root, className: '', iconSize: [64, 64], iconAnchor: [32, 32] })
      marker = L.marker(next.at, { icon: divIcon, keyboard: false, interactive: false, zIndexOffset: 1_000 })
      marker.addTo(map)
    }
    icon.turn(next.headingDeg)
    onMove(next.at)
  }

  const onZoomStart = () => {
    zooming = true
  }
  const onZoomEnd = () => {
    zooming = false
  }
  map.on('zoomstart', onZoomStart).on('zoomend', onZoomEnd)

  return {
    moveTo,
    setFreshness: (freshness) => {
      icon.root.dataset.freshness = freshness
    },
    setLabel: (label) => icon.root.setAttribute('aria-label', label),
    setReducedMotion: (reduced) => {
      still = reduced
    },
    remove() {
      cancelAnimationFrame(frame)
      map.off('zoomstart', onZoomStart).off('zoomend', onZoomEnd)
      marker?.remove()
    },
  }
}

/** Leaflet rounds to whole pixels, which makes a slow marker twitch; browsers can place it between pixels. */
function place(map: L.Map, marker: L.Marker, at: LatLng) {
  marker.setLatLng(at)
  const element = marker.getElement()
  if (element) L.DomUtil.setPosition(element, map.project(at).subtract(map.getPixelOrigin()))
}
