/** In the place of the delivery's id, in the one page that is kept for all deliveries. */
const ANY_ID = '00000000-0000-4000-8000-000000000000'
/** What a page finds at its root when it was opened from what was kept. */
export const KEPT_MARK = 'data-kept'

/** The delivery of a page's address; null for any other address. */
export function deliveryIdIn(pathname: string, scope: string): string | null {
  if (!pathname.startsWith(scope)) return null
  return pathname.slice(scope.length).match(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)?.[0] ?? null
}

/** The address that gives the page without any delivery in it. */
export const shellPath = (scope: string): string => scope + ANY_ID

/** One delivery's page, made the page of any. */
export const toShell = (html: string, id: string): string => html.replaceAll(id, ANY_ID)

/** The page of one delivery. `id` comes from `deliveryIdIn`: it holds nothing that HTML or a script would take for its own. */
export const fromShell = (shell: string, id: string): string =>
  shell.replaceAll(ANY_ID, id).replace('<html ', `<html ${KEPT_MARK}="" `)

/** The paths of the built files that a page names. */
export const filesOf = (html: string): string[] => [
  ...new Set(html.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)\b/g)),
]
