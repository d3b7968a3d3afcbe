import '@fontsource-variable/inter/index.css'
import 'leaflet/dist/leaflet.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { BRAND } from '#app/_ui/brand.ts'
import { pageLanguage } from '#app/_words/page-language.ts'
import { DESCRIPTIONS } from '#app/_words/titles.ts'
import { LanguageProvider } from '#app/_words/use-language.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const [asked, { say }] = [await headers(), await pageLanguage()]
  const origin = `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('host') ?? 'localhost'}`
  return {
    // Link previews want a picture's whole address.
    metadataBase: URL.canParse(origin) ? new URL(origin) : null,
    title: { default: BRAND.name, template: `%s · ${BRAND.name}` },
    description: say(DESCRIPTIONS.all),
    openGraph: { siteName: BRAND.name, type: 'website' },
    appleWebApp: { title: BRAND.name },
    // A number in an order is no telephone: those are links already.
    formatDetection: { telephone: false },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: BRAND.ground.light },
    { media: '(prefers-color-scheme: dark)', color: BRAND.ground.dark },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { language, words } = await pageLanguage()
  return (
    <html lang={language}>
      <body className="antialiased">
        <LanguageProvider language={language} words={words}>
          {children}
        </LanguageProvider>
      </body>
    </html>
  )
}
