import { createContext, useContext } from 'react'
import type { Tiles } from '#app/_map/background.tsx'

/** What the server tells the page of the configuration. */
export const PageContext = createContext<{ demo: boolean; tiles: Tiles }>({
  demo: false,
  tiles: { url: null, attribution: '' },
})
export const usePage = () => useContext(PageContext)
