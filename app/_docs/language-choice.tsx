'use client'
import { Button } from '#app/_ui/button.tsx'
import { useLanguage } from '#app/_ui/language.tsx'

export function LanguageChoice() {
  const { language, choose } = useLanguage()
  const other = language === 'en' ? 'ko' : 'en'
  return (
    <Button onClick={() => choose(other)} lang={other}>
      {other === 'ko' ? '한국어' : 'English'}
    </Button>
  )
}
