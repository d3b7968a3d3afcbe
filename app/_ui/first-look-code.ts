type Codes = { [page: string]: string }

/**
 * The scripts of first-look.ts by the pages that they stand in. On globalThis: what renders a page's components on the server
 * and what makes HTML of them are two bundles, and what one hands to the other as a property stands in the HTML once more, in what Next
 * sends for hydration.
 */
export function firstLookCodes(): Codes {
  const store = globalThis as { [key: symbol]: Codes | undefined }
  const key = Symbol.for('rider-live.first-looks')
  store[key] ??= {}
  return store[key]
}
