// node scripts/draw-icons.mjs: draws every icon and the picture for link previews anew, from app/icon.svg.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { projectRoot } from './project-root.mjs'
import { findBrowser } from './setup/find-browser.mjs'

const source = readFileSync(join(projectRoot, 'app/icon.svg'), 'utf8')
const [, mark] = source.match(/(<path[^>]*>)/)
const [, ground] = source.match(/<rect[^>]*fill="([^"]+)"/)

/** The mark on a ground without corners, for systems that cut icons to their own shape; `scale` leaves them room. */
const uncut = (scale) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
    <rect width="64" height="64" fill="${ground}"/>
    <g transform="translate(32 32) scale(${scale}) translate(-32 -31)">${mark}</g>
  </svg>`

/** The product, and no place: a way, the one who comes, and the door. */
const preview = `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">
    <rect width="1200" height="630" fill="#0e1014"/>
    <g fill="none" stroke="#1d222b" stroke-width="22" stroke-linecap="round">
      <path d="M760 -20 V650 M960 -20 V650 M1140 -20 V650 M640 120 H1220 M640 300 H1220 M640 480 H1220"/>
    </g>
    <g fill="none" stroke-linecap="round" stroke-linejoin="round">
      <path d="M760 560 V480 H960 V300 H1140 V120" stroke="#f2f3f5" stroke-opacity=".28" stroke-width="14"/>
      <path d="M760 560 V480 H960 V372" stroke="#3ccb8f" stroke-width="14"/>
    </g>
    <circle cx="960" cy="362" r="92" fill="#3ccb8f" opacity=".16"/>
    <circle cx="960" cy="362" r="60" fill="${ground}"/>
    <g transform="translate(960 360) scale(1.35) translate(-32 -31)">${mark}</g>
    <g>
      <circle cx="1140" cy="120" r="34" fill="#f2f3f5"/>
      <path d="M1124 120 1140 105 1156 120 V136 H1124 Z" fill="#0e1014" stroke="#0e1014" stroke-width="3" stroke-linejoin="round"/>
    </g>
    <rect width="860" height="630" fill="url(#fade)"/>
    <defs><linearGradient id="fade"><stop offset=".72" stop-color="#0e1014"/><stop offset="1" stop-color="#0e1014" stop-opacity="0"/></linearGradient></defs>
    <g transform="translate(84 150) scale(1.75)">${source.replace(/<\/?svg[^>]*>|<title>.*<\/title>/g, '')}</g>
    <g font-family="Inter Variable, Inter, sans-serif" fill="#f2f3f5">
      <text x="80" y="372" font-size="92" font-weight="750" letter-spacing="-3">Rider Live</text>
      <text x="84" y="440" font-size="36" fill="#a7adba">Watch your delivery come, live.</text>
    </g>
  </svg>`

const PICTURES = [
  ['public/icons/icon-192.png', source, 192, 192],
  ['public/icons/icon-512.png', source, 512, 512],
  // A maskable icon's mark stays inside a circle of 40 % of its width (W3C manifest, "icon masks").
  ['public/icons/maskable-512.png', uncut(0.92), 512, 512],
  ['app/apple-icon.png', uncut(1.05), 180, 180],
  ['app/icon1.png', source, 48, 48],
  ['app/opengraph-image.png', preview, 1200, 630],
]

const font = readFileSync(
  join(projectRoot, 'node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
).toString('base64')
const own = chromium.executablePath()
const browser = await chromium.launch({ executablePath: findBrowser(own) })
const page = await browser.newPage()
for (const [file, svg, width, height] of PICTURES) {
  await page.setViewportSize({ width, height })
  await page.setContent(`<style>
    @font-face { font-family: 'Inter Variable'; font-weight: 100 900; src: url(data:font/woff2;base64,${font}) }
    body { margin: 0 } svg { display: block; width: ${width}px; height: ${height}px }
  </style>${svg}`)
  await page.evaluate(() => document.fonts.ready)
  writeFileSync(join(projectRoot, file), await page.screenshot({ omitBackground: true }))
}
await browser.close()
