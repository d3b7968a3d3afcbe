import type { ChapterOfPage } from './chapter.tsx'
import { faultsChapter } from './faults/chapter.ts'
import { groupsChapter } from './groups/chapter.ts'
import { journeyChapter } from './journey/chapter.ts'
import { logChapter } from './log/chapter.ts'
import { pollingChapter } from './polling/chapter.ts'
import { queueChapter } from './queue/chapter.ts'
import { readerChapter } from './reader/chapter.ts'
import { timeChapter } from './time/chapter.ts'

/** In the order of the page. */
export const chapters: readonly ChapterOfPage[] = [
  journeyChapter,
  logChapter,
  groupsChapter,
  pollingChapter,
  queueChapter,
  faultsChapter,
  timeChapter,
  readerChapter,
]
