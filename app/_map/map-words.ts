import type { Text } from '#app/_words/language.ts'

export const MAP_WORDS = {
  recentre: { en: 'Re-centre', ko: '가운데로' },
  zoomIn: { en: 'Zoom in', ko: '확대' },
  zoomOut: { en: 'Zoom out', ko: '축소' },
  rider: { en: 'Rider', ko: '라이더' },
} as const satisfies Record<string, Text>
