import { createContext, useContext } from 'react'
import type { Tiles } from '#app/_map/background.tsx'

/** The part of the configuration that the page knows. */
export const PageContext = createContext<{ demo: boolean; tiles: Tiles }>({
  demo: false,
  tiles: { url: null, attribution: '', archive: null },
})
export const usePage = () => useContext(PageContext)
