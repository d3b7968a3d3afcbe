/** A scooter with its rider and a box, seen from above, pointing north. Colours come from the theme (map.css, theme.css). */
const SCOOTER = `
<svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
  <g stroke="#fff" stroke-width="5" stroke-linejoin="round" stroke-linecap="round" fill="#fff">
    <rect x="30" y="7" width="4" height="12" rx="2"/>
    <path d="M19 20.5 Q32 16 45 20.5" fill="none" stroke-width="8"/>
    <ellipse cx="32" cy="31" rx="12" ry="7"/>
    <rect x="20" y="37" width="24" height="20" rx="5"/>
  </g>
  <rect x="29.5" y="6.5" width="5" height="13" rx="2.5" fill="#15171c"/>
  <path d="M27 15 Q32 10 37 15 L38 24 H26 Z" fill="#0a7a4e"/>
  <path d="M19 20.5 Q32 16 45 20.5" fill="none" stroke="#15171c" stroke-width="3.4" stroke-linecap="round"/>
  <path d="M22.5 30 L20.5 22 M41.5 30 L43.5 22" stroke="#2b3340" stroke-width="4.6" stroke-linecap="round"/>
  <ellipse cx="32" cy="31" rx="12" ry="6.5" fill="#2b3340"/>
  <rect x="20" y="37" width="24" height="20" rx="5" fill="#0a7a4e"/>
  <rect x="22.5" y="39.5" width="19" height="15" rx="3" fill="#14a06a"/>
  <path d="M32 39.5 V54.5" stroke="#0a7a4e" stroke-width="1.5"/>
  <circle cx="32" cy="29.5" r="7" fill="#f6c445"/>
  <path d="M26.6 26.2 A7 7 0 0 1 37.4 26.2 L35.5 27.6 A4.6 4.6 0 0 0 28.5 27.6 Z" fill="#15171c"/>
</svg>`

export type RiderIcon = { root: HTMLElement; turn(headingDeg: number): void; fadeIn(): void }

/** The element of the rider's marker. Styles are set through the DOM, never as text, so that a strict CSP lets them pass. */
export function createRiderIcon(): RiderIcon {
  const root = document.createElement('div')
  root.className = 'rider-marker'
  root.setAttribute('role', 'img')
  root.dataset.testid = 'rider-marker'
  const halo = document.createElement('div')
  halo.className = 'rider-halo'
  const turning = document.createElement('div')
  turning.className = 'rider-turn'
  turning.innerHTML = SCOOTER
  root.append(halo, turning)
  let turned = ''
  return {
    root,
    turn(headingDeg) {
      // Asked at each frame, and on a straight street always for the same.
      const turn = headingDeg.toFixed(1)
      if (turn === turned) return
      turned = turn
      turning.style.transform = `rotate(${turn}deg)`
      root.dataset.headingDeg = headingDeg.toFixed(0)
    },
    fadeIn() {
      root.classList.remove('is-jumping')
      // Reading the width forces a layout, so that the browser notices the removed class and animates again.
      void root.offsetWidth
      root.classList.add('is-jumping')
    },
  }
}
