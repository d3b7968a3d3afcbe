'use client'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'

/** A text in the language that was chosen. Code in it stands between backticks. */
export function Said({ text }: { text: Text }) {
  const say = useSay()
  const pieces = say(text).split('`')
  if (pieces.length === 1) return <span>{pieces[0]}</span>
  return (
    <span>
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, which stay in their order
          <code key={index} className="font-mono text-[0.92em]">
            {piece}
          </code>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={index}>{piece}</span>
        ),
      )}
    </span>
  )
}
