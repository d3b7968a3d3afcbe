import type { ChapterOfPage } from './chapter.tsx'
import { journeyChapter } from './journey/chapter.ts'

/** In the order of the page. */
export const chapters: readonly ChapterOfPage[] = [journeyChapter]
