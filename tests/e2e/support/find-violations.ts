import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
/** WCAG 2.1, levels A and AA; besides: targets that do not overlap, landmarks that can be told apart. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/**
 * What axe finds on the page as it is now: a line for each element, with the rule and what is wrong. Only the colours differ between
 * the themes: whoever has looked at all in one need not do so in the other.
 */
export async function findViolations(page: Page, only?: 'colours'): Promise<string[]> {
  // Evaluated, not added as a script: the policy of the page lets none in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(axePath, 'utf8'))
  const { violations } = await page.evaluate<AxeResults, string[] | null>(
    (tags) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const rules = { 'landmark-unique': { enabled: true }, 'target-size': { enabled: true } }
      // Only violations are read: of the rest axe need not describe each element.
      if (tags === null)
        return axe.run(document, { runOnly: ['color-contrast'], resultTypes: ['violations'] })
      return axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], rules })
    },
    only === 'colours' ? null : TAGS,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  )
}
