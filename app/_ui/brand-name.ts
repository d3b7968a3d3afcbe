/** What the pages are called by whom nobody gave them another name. */
export const PRODUCT = 'Rider Live'
/** What an installed page looks like before its styles are there: `--canvas` of theme.css. */
export const GROUND = { light: '#f5f4f0', dark: '#0e1014' } as const
