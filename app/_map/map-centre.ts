'use client'
import { createContext, useContext } from 'react'

const MapCentre = createContext(0)
export const MapCentreProvider = MapCentre.Provider

/** The longitude that a map was opened at. What is drawn on it is put beside it (see nearest-copy.ts). */
export const useCentreLng = () => useContext(MapCentre)
