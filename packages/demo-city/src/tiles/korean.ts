let drawable: boolean | undefined

/** The Korean name, or nothing where no font has the script: a map of empty boxes is worse than one in English. */
export function korean(nameKo: string): string[] {
  drawable ??= canDrawHangul()
  return drawable ? [nameKo] : []
}

/** Without a font, two different syllables come out as the same box. */
function canDrawHangul(): boolean {
  const [first, second] = ['강', '북'].map((syllable) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 20
    const ctx = canvas.getContext('2d', { willReadFrequently: true })
    if (!ctx) return ''
    ctx.font = '16px sans-serif'
    ctx.fillText(syllable, 1, 16)
    return ctx.getImageData(0, 0, 20, 20).data.join()
  })
  return first !== second
}
