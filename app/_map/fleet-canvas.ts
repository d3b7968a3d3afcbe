import L from 'leaflet'
import type { LatLng } from '#contracts/place.ts'
import {
  createFleetSprites,
  type FleetColours,
  type FleetLook,
  readColours,
  SPRITE_PX,
} from './fleet-sprites.ts'
import { isJump } from './glide.ts'

export type FleetRider = {
  id: string
  at: LatLng
  headingDeg?: number | undefined
  look: FleetLook
  /** Shown beside a rider that is selected or pointed at. */
  label: string
}

type Shown = FleetRider & { from: LatLng; startMs: number; x: number; y: number; drawn: boolean }

/** From the old place to the new one: quick, because a board tells where riders are, not where they were. */
const GLIDE_MS = 900
/** A pixel of movement needs a drawing; more of them would show nothing more. */
const STEP_PX = 0.5
const USUAL_MPS = 60
const [FASTEST_MS, SLOWEST_MS] = [50, 250]
/** How near a click or a finger has to be to a rider's middle. */
const NEAR_PX = 22
/** From far away many riders share little room. */
const FAR_ZOOM = 13
const FAR_SCALE = 0.72
/** At the equator and zoom 0: 2πr / 256. */
const METRES_PER_PX = 156_543.03
const NEEDS_LAST: Record<FleetLook, number> = { waiting: 0, riding: 1, off_way: 2, late: 3, silent: 4 }
const FONT = '600 13px "Inter Variable", "Noto Sans KR", "Apple SD Gothic Neo", sans-serif'

/**
 * All riders on one canvas, whatever their number. Leaflet moves it with the map; a rider that has a new place glides
 * there. Nothing is drawn while nothing moves.
 */
export class FleetCanvas extends L.Layer {
  private readonly canvas = document.createElement('canvas')
  private readonly riders = new Map<string, Shown>()
  private order: Shown[] = []
  private colours: FleetColours | null = null
  private sprites: ReturnType<typeof createFleetSprites> | null = null
  private selected: string | null = null
  private pointedAt: string | null = null
  private still = false
  private frame = 0
  private drawnMs = 0
  private dirty = true
  /** What the canvas was drawn for, for the animation of a zoom. */
  private drawnAt: { topLeft: L.LatLng; zoom: number } | null = null
  private readonly onSelect: (id: string | null) => void

  constructor(onSelect: (id: string | null) => void) {
    super()
    this.onSelect = onSelect
    this.canvas.className = 'fleet-canvas leaflet-zoom-animated'
    this.canvas.setAttribute('aria-hidden', 'true')
  }

  override onAdd(map: L.Map): this {
    const pane = map.getPane('fleet') ?? map.createPane('fleet')
    pane.style.zIndex = '610'
    pane.style.pointerEvents = 'none'
    pane.append(this.canvas)
    map.on('move zoomend viewreset resize', this.redraw, this)
    map.on('zoomanim', this.animateZoom, this)
    map.on('click', this.onClick, this)
    map.on('mousemove', this.onPoint, this)
    this.restyle()
    return this
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.frame)
    map.off('move zoomend viewreset resize', this.redraw, this)
    map.off('zoomanim', this.animateZoom, this)
    map.off('click', this.onClick, this)
    map.off('mousemove', this.onPoint, this)
    this.canvas.remove()
    return this
  }

  /** The theme has changed. */
  restyle(): void {
    this.colours = readColours(this.canvas)
    this.sprites = createFleetSprites(this.colours, window.devicePixelRatio || 1)
    this.redraw()
  }

  setStill(still: boolean): void {
    this.still = still
  }

  select(id: string | null): void {
    this.selected = id
    this.sort()
    this.redraw()
  }

  show(riders: readonly FleetRider[]): void {
    const nowMs = performance.now()
    const gone = new Set(this.riders.keys())
    for (const rider of riders) {
      gone.delete(rider.id)
      const before = this.riders.get(rider.id)
      if (!before) {
        this.riders.set(rider.id, { ...rider, from: rider.at, startMs: 0, x: 0, y: 0, drawn: false })
        continue
      }
      if (before.at[0] !== rider.at[0] || before.at[1] !== rider.at[1]) {
        const jumps = this.still || document.hidden || isJump(before.at, rider.at)
        before.from = jumps ? rider.at : placeAt(before, nowMs)
        before.startMs = jumps ? 0 : nowMs
      }
      Object.assign(before, rider)
    }
    for (const id of gone) this.riders.delete(id)
    this.sort()
    this.redraw()
  }

  /** The ids of those that are to be seen, from the top left on. */
  inView(): string[] {
    return this.order
      .filter(({ drawn }) => drawn)
      .sort((a, b) => a.y - b.y || a.x - b.x)
      .map(({ id }) => id)
  }

  bounds(): L.LatLngBounds {
    return L.latLngBounds(this.order.map(({ at }) => at))
  }

  private sort(): void {
    const rank = (rider: Shown) => (rider.id === this.selected ? 9 : NEEDS_LAST[rider.look])
    this.order = [...this.riders.values()].sort((a, b) => rank(a) - rank(b))
  }

  private redraw(): void {
    this.dirty = true
    this.frame ||= requestAnimationFrame(this.onFrame)
  }

  private readonly onFrame = (nowMs: number): void => {
    this.frame = 0
    if (!this._map) return
    const isGliding = this.order.some(({ startMs }) => startMs > 0)
    if (this.dirty || nowMs - this.drawnMs >= this.everyMs()) {
      this.dirty = false
      this.draw(nowMs)
    }
    if (isGliding) this.frame ||= requestAnimationFrame(this.onFrame)
  }

  private everyMs(): number {
    const { lat } = this._map.getCenter()
    const mPerPx = (METRES_PER_PX * Math.cos((lat * Math.PI) / 180)) / 2 ** this._map.getZoom()
    return Math.min(Math.max((1_000 * STEP_PX * mPerPx) / USUAL_MPS, FASTEST_MS), SLOWEST_MS)
  }

  private draw(nowMs: number): void {
    const { _map: map, canvas, sprites, colours } = this
    if (!sprites || !colours) return
    this.drawnMs = nowMs
    const size = map.getSize()
    const ratio = window.devicePixelRatio || 1
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)]
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
      canvas.style.width = `${size.x}px`
      canvas.style.height = `${size.y}px`
    }
    const corner = map.containerPointToLayerPoint([0, 0])
    L.DomUtil.setPosition(canvas, corner)
    this.drawnAt = { topLeft: map.layerPointToLatLng(corner), zoom: map.getZoom() }
    const ctx = canvas.getContext('2d')
    if (!ctx) return
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.clearRect(0, 0, size.x, size.y)
    const scale = map.getZoom() < FAR_ZOOM ? FAR_SCALE : 1
    for (const rider of this.order) {
      const { x, y } = map.latLngToContainerPoint(placeAt(rider, nowMs))
      Object.assign(rider, { x, y, drawn: x >= 0 && y >= 0 && x <= size.x && y <= size.y })
      if (nowMs - rider.startMs > GLIDE_MS) rider.startMs = 0
      if (x < -SPRITE_PX || y < -SPRITE_PX || x > size.x + SPRITE_PX || y > size.y + SPRITE_PX) continue
      const isChosen = rider.id === this.selected
      const px = SPRITE_PX * (isChosen ? 1.25 : scale)
      if (isChosen) drawRing(ctx, x, y, colours)
      ctx.drawImage(sprites(rider.look, rider.headingDeg), x - px / 2, y - px / 2, px, px)
    }
    for (const id of new Set([this.pointedAt, this.selected])) {
      const rider = id === null ? undefined : this.riders.get(id)
      if (rider?.drawn) drawLabel(ctx, rider, colours)
    }
  }

  private animateZoom(event: L.LeafletEvent): void {
    const { zoom, center } = event as L.ZoomAnimEvent
    if (!this.drawnAt) return
    const { _map: map, drawnAt } = this
    const half = map.getSize().divideBy(2)
    const moved = L.DomUtil.getPosition(map.getPanes().mapPane)
    const origin = map.project(center, zoom).subtract(half).add(moved).round()
    const offset = map.project(drawnAt.topLeft, zoom).subtract(origin)
    L.DomUtil.setTransform(this.canvas, offset, map.getZoomScale(zoom, drawnAt.zoom))
  }

  private nearest({ x, y }: L.Point): string | null {
    let [found, nearestPx]: [string | null, number] = [null, NEAR_PX]
    for (const rider of this.order) {
      const apartPx = Math.hypot(rider.x - x, rider.y - y)
      // Of two at the same place the one that is drawn above the other.
      if (apartPx <= nearestPx) [found, nearestPx] = [rider.id, apartPx]
    }
    return found
  }

  private onClick({ containerPoint }: L.LeafletMouseEvent): void {
    const found = this.nearest(containerPoint)
    if (found !== null) this.onSelect(found)
  }

  private onPoint({ containerPoint }: L.LeafletMouseEvent): void {
    const found = this.nearest(containerPoint)
    if (found === this.pointedAt) return
    this.pointedAt = found
    this._map.getContainer().classList.toggle('is-on-rider', found !== null)
    this.redraw()
  }
}

function placeAt({ from, at, startMs }: Shown, nowMs: number): LatLng {
  if (startMs === 0) return at
  const share = Math.min(Math.max((nowMs - startMs) / GLIDE_MS, 0), 1)
  const eased = 1 - (1 - share) ** 3
  return [from[0] + (at[0] - from[0]) * eased, from[1] + (at[1] - from[1]) * eased]
}

function drawRing(ctx: CanvasRenderingContext2D, x: number, y: number, { paper, focus }: FleetColours): void {
  for (const [width, colour] of [
    [7, paper],
    [4, focus],
  ] as const) {
    ctx.beginPath()
    ctx.arc(x, y, 20, 0, 2 * Math.PI)
    ctx.lineWidth = width
    ctx.strokeStyle = colour
    ctx.stroke()
  }
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  { x, y, label }: Shown,
  { ink, paper }: FleetColours,
): void {
  ctx.font = FONT
  const width = ctx.measureText(label).width + 18
  ctx.shadowColor = 'rgb(0 0 0 / 0.3)'
  ctx.shadowBlur = 8
  ctx.fillStyle = ink
  ctx.beginPath()
  ctx.roundRect(x - width / 2, y - 52, width, 26, 9)
  ctx.fill()
  ctx.shadowColor = 'transparent'
  ctx.fillStyle = paper
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(label, x, y - 38.5)
}
