/** What an installed page is called and looks like before its styles are there. The grounds are `--canvas` of theme.css. */
export const BRAND = {
  name: 'Rider Live',
  ground: { light: '#f5f4f0', dark: '#0e1014' },
} as const
