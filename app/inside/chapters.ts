import type { ChapterOfPage } from './chapter.tsx'

/** In the order of the page. */
export const chapters: readonly ChapterOfPage[] = []
