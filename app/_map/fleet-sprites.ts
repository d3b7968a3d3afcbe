/** How a rider looks on the map of all riders: each look has a colour and a sign, so that none depends on colour alone. */
export type FleetLook = 'waiting' | 'riding' | 'silent' | 'late' | 'off_way'

/** CSS pixels, also of the sign's own coordinates. */
export const SPRITE_PX = 34
const CENTRE = SPRITE_PX / 2
const RADIUS = 10
/** A heading is drawn to a sixteenth of a turn. */
const TURNS = 16

export type FleetColours = Record<FleetLook, string> & { ink: string; paper: string; focus: string }

/** The colours of the theme that the page is in now. */
export function readColours(element: Element): FleetColours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    waiting: colour('--fleet-waiting'),
    riding: colour('--accent'),
    silent: colour('--fleet-silent'),
    late: colour('--fleet-late'),
    off_way: colour('--fleet-off-way'),
    ink: colour('--ink'),
    paper: colour('--surface'),
    focus: colour('--focus'),
  }
}

export type FleetSprites = (look: FleetLook, headingDeg: number | undefined) => HTMLCanvasElement

/** Each look and heading is drawn once; a rider is then one copy of pixels. */
export function createFleetSprites(colours: FleetColours, ratio: number): FleetSprites {
  const drawn = new Map<string, HTMLCanvasElement>()
  return (look, headingDeg) => {
    const turn = headingDeg === undefined ? null : Math.round((headingDeg / 360) * TURNS) % TURNS
    const key = `${look} ${turn}`
    const known = drawn.get(key)
    if (known) return known
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(SPRITE_PX * ratio)
    canvas.height = canvas.width
    const ctx = canvas.getContext('2d')
    if (ctx) {
      ctx.scale(ratio, ratio)
      drawSprite(ctx, look, turn === null ? null : (turn / TURNS) * 2 * Math.PI, colours)
    }
    drawn.set(key, canvas)
    return canvas
  }
}

function drawSprite(
  ctx: CanvasRenderingContext2D,
  look: FleetLook,
  turn: number | null,
  colours: FleetColours,
): void {
  ctx.translate(CENTRE, CENTRE)
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  if (turn !== null && look !== 'waiting') drawNose(ctx, turn, colours[look], colours.paper)
  ctx.shadowColor = 'rgb(0 0 0 / 0.35)'
  ctx.shadowBlur = 4
  ctx.shadowOffsetY = 1
  ctx.beginPath()
  ctx.arc(0, 0, RADIUS, 0, 2 * Math.PI)
  ctx.fillStyle = look === 'waiting' ? colours.paper : colours[look]
  ctx.fill()
  ctx.shadowColor = 'transparent'
  ctx.lineWidth = look === 'waiting' ? 3 : 2
  ctx.strokeStyle = look === 'waiting' ? colours.waiting : colours.paper
  ctx.stroke()
  ctx.strokeStyle = look === 'waiting' ? colours.waiting : colours.paper
  ctx.fillStyle = ctx.strokeStyle
  ctx.lineWidth = 2.4
  drawSign(ctx, look, turn)
}

/** A point on the rim, towards where the rider goes. */
function drawNose(ctx: CanvasRenderingContext2D, turn: number, colour: string, rim: string): void {
  ctx.save()
  ctx.rotate(turn)
  ctx.beginPath()
  ctx.moveTo(-6, -RADIUS + 2)
  ctx.lineTo(0, -RADIUS - 6)
  ctx.lineTo(6, -RADIUS + 2)
  ctx.closePath()
  ctx.lineWidth = 3
  ctx.strokeStyle = rim
  ctx.stroke()
  ctx.fillStyle = colour
  ctx.fill()
  ctx.restore()
}

function drawSign(ctx: CanvasRenderingContext2D, look: FleetLook, turn: number | null): void {
  ctx.beginPath()
  switch (look) {
    case 'waiting':
      ctx.arc(0, 0, 3, 0, 2 * Math.PI)
      ctx.fill()
      return
    case 'riding':
      if (turn === null) ctx.arc(0, 0, 3.5, 0, 2 * Math.PI)
      else {
        ctx.rotate(turn)
        ctx.moveTo(0, -6)
        ctx.lineTo(4.6, 4.5)
        ctx.lineTo(0, 2)
        ctx.lineTo(-4.6, 4.5)
        ctx.closePath()
      }
      ctx.fill()
      return
    case 'silent':
      ctx.moveTo(-2.6, -3.6)
      ctx.lineTo(-2.6, 3.6)
      ctx.moveTo(2.6, -3.6)
      ctx.lineTo(2.6, 3.6)
      break
    case 'late':
      ctx.moveTo(0, -5)
      ctx.lineTo(0, 0.8)
      ctx.moveTo(0, 4.6)
      ctx.lineTo(0, 4.7)
      break
    case 'off_way':
      ctx.moveTo(-3.6, 4.4)
      ctx.lineTo(-3.6, 0)
      ctx.lineTo(3.6, 0)
      ctx.lineTo(3.6, -4.4)
      break
  }
  ctx.stroke()
}
