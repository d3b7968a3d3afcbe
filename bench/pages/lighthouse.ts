import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tempDir } from '../../tests/support/temp-dir.ts'
import { browserPath } from '../support/open-browser.ts'

/** The newest that runs on every Node of ours; 186 MB installed, so npx fetches it for who measures. */
const LIGHTHOUSE = 'lighthouse@12.8.2'
const WITHIN_MS = 300_000

export type Form = 'mobile' | 'desktop'
export type Marks = {
  /** Of 100. */
  performance: number
  accessibility: number
  bestPractices: number
  firstPaintMs: number
  largestPaintMs: number
  speedIndexMs: number
  blockedMs: number
  layoutShift: number
  scriptKb: number
  /** What was found wanting, by the names that Lighthouse gives it. */
  faults: string[]
}

type Report = {
  runtimeError?: { message: string }
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<
    string,
    {
      score: number | null
      numericValue?: number
      details?: { items?: { resourceType?: string; transferSize?: number }[] }
    }
  >
}

/** One run on a page as the first visit of a browser sees it. */
export async function lighthouse(url: string, form: Form): Promise<Marks> {
  const path = join(tempDir(), 'report.json')
  await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${path}`,
      '--only-categories=performance,accessibility,best-practices',
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
      '--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage --disable-gpu',
    ],
    { env: { ...process.env, CHROME_PATH: browserPath() }, timeout: WITHIN_MS },
  )
  return marksOf(JSON.parse(readFileSync(path, 'utf8')) as Report)
}

function marksOf({ runtimeError, categories, audits }: Report): Marks {
  if (runtimeError) throw new Error(`Lighthouse could not measure: ${runtimeError.message}`)
  const mark = (category: string) => Math.round((categories[category]?.score ?? Number.NaN) * 100)
  const figure = (audit: string) => audits[audit]?.numericValue ?? Number.NaN
  const scripts = (audits['network-requests']?.details?.items ?? []).filter(
    ({ resourceType }) => resourceType === 'Script',
  )
  const judged = ['accessibility', 'best-practices'].flatMap((name) => categories[name]?.auditRefs ?? [])
  return {
    performance: mark('performance'),
    accessibility: mark('accessibility'),
    bestPractices: mark('best-practices'),
    firstPaintMs: figure('first-contentful-paint'),
    largestPaintMs: figure('largest-contentful-paint'),
    speedIndexMs: figure('speed-index'),
    blockedMs: figure('total-blocking-time'),
    layoutShift: figure('cumulative-layout-shift'),
    scriptKb: scripts.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1_024,
    faults: judged.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1).map(({ id }) => id),
  }
}
