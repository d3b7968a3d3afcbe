'use client'
import { createContext, type ReactNode, useContext } from 'react'
import { PRODUCT } from './brand-name.ts'

/** Whose pages these are. */
export type Brand = { name: string; logo: string | null }

const BrandContext = createContext<Brand>({ name: PRODUCT, logo: null })

export function BrandProvider({ brand, children }: { brand: Brand; children: ReactNode }) {
  return <BrandContext value={brand}>{children}</BrandContext>
}

export const useBrand = (): Brand => useContext(BrandContext)
