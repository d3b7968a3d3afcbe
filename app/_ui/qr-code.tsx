import { renderSVG } from 'uqr'

/** Dark on white in both themes: cameras look for that. */
export function QrCode({ text, label }: { text: string; label: string }) {
  return (
    <div
      role="img"
      aria-label={label}
      className="w-full max-w-60 justify-self-center rounded-xl bg-white p-2 [&_svg]:block"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that uqr draws of modules, without the text.
      dangerouslySetInnerHTML={{ __html: renderSVG(text, { ecc: 'M', border: 2 }) }}
    />
  )
}
