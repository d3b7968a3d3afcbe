import { hiddenSurface } from './surface.ts'

let drawable: boolean | undefined
let koreanFirst = false

/** From now on names stand in the script of this language first; true: names that were placed have to be placed anew. */
export function readIn(language: string): boolean {
  const wasKoreanFirst = koreanFirst
  koreanFirst = language === 'ko'
  return koreanFirst !== wasKoreanFirst
}

/** Both names, the reader's first. Latin alone where no font has the other: a map of empty boxes is worse. */
export function bothNames(name: string, nameKo: string): string[] {
  drawable ??= canDrawHangul()
  if (!drawable) return [name]
  return koreanFirst ? [nameKo, name] : [name, nameKo]
}

export function firstName(name: string, nameKo: string): string {
  return bothNames(name, nameKo)[0] ?? name
}

/** Without a font, two different syllables come out as the same box. */
function canDrawHangul(): boolean {
  const [first, second] = ['강', '북'].map((syllable) => {
    const ctx = hiddenSurface(20, 20)
    if (!ctx) return ''
    ctx.font = '16px sans-serif'
    ctx.fillText(syllable, 1, 16)
    return ctx.getImageData(0, 0, 20, 20).data.join()
  })
  return first !== second
}
