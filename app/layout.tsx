import '@fontsource-variable/inter/index.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { BrandProvider } from '#app/_ui/brand.tsx'
import { GROUND, PRODUCT } from '#app/_ui/brand-name.ts'
import { pageLanguage } from '#app/_words/page-language.ts'
import { DESCRIPTIONS } from '#app/_words/titles.ts'
import { LanguageProvider } from '#app/_words/use-language.tsx'
import { services } from '#server/delivery/services.ts'

export async function generateMetadata(): Promise<Metadata> {
  const [asked, { say }] = [await headers(), await pageLanguage()]
  const name = services().publicConfig.brand.name ?? PRODUCT
  const origin = `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('host') ?? 'localhost'}`
  return {
    // Link previews want a picture's whole address.
    metadataBase: URL.canParse(origin) ? new URL(origin) : null,
    title: { default: name, template: `%s · ${name}` },
    description: say(DESCRIPTIONS.all),
    openGraph: { siteName: name, type: 'website' },
    appleWebApp: { title: name },
    // A number in an order is no telephone: those are links already.
    formatDetection: { telephone: false },
  }
}

export async function generateViewport(): Promise<Viewport> {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { colour } = services().publicConfig.brand
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    themeColor:
      colour ??
      (['light', 'dark'] as const).map((theme) => ({
        media: `(prefers-color-scheme: ${theme})`,
        color: GROUND[theme],
      })),
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { language, words } = await pageLanguage()
  const { name, logo, css } = services().publicConfig.brand
  return (
    <html lang={language}>
      {css !== null && (
        <head>
          <style>{css}</style>
        </head>
      )}
      <body className="antialiased">
        <BrandProvider brand={{ name: name ?? PRODUCT, logo }}>
          <LanguageProvider language={language} words={words}>
            {children}
          </LanguageProvider>
        </BrandProvider>
      </body>
    </html>
  )
}
