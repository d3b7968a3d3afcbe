'use client'
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react'
import type { z } from 'zod'
import { type ApiAnswer, callApi } from '#app/_http/call-api.ts'

type Call = NonNullable<Parameters<typeof callApi>[2]>

/** As whom the board acts. */
export type Dispatcher = {
  demo: boolean
  /** Whether addresses can be looked up. */
  geocoder: boolean
  /** The dispatch token; null in the demo until a call asks for it. */
  token: string | null
  /** A call with the dispatch token, or with `link`, that of the delivery. When dispatch is refused its token is asked for. */
  call<T>(
    schema: z.ZodType<T>,
    path: string,
    call?: Omit<Call, 'token'> & { link?: string },
  ): Promise<ApiAnswer<T>>
  /** Some call was refused for want of the token. */
  onRefused(): void
}

const DispatcherContext = createContext<Dispatcher | null>(null)

type Props = Pick<Dispatcher, 'demo' | 'geocoder' | 'token' | 'onRefused'> & { children: ReactNode }

export function DispatcherProvider({ demo, geocoder, token, onRefused, children }: Props) {
  const call = useCallback<Dispatcher['call']>(
    async (schema, path, { link, ...rest } = {}) => {
      const own = link ?? token ?? undefined
      const answer = await callApi(schema, path, { ...rest, ...(own !== undefined && { token: own }) })
      if (!answer.ok && answer.status === 401 && link === undefined) onRefused()
      return answer
    },
    [token, onRefused],
  )
  const value = useMemo(
    () => ({ demo, geocoder, token, call, onRefused }),
    [demo, geocoder, token, call, onRefused],
  )
  return <DispatcherContext value={value}>{children}</DispatcherContext>
}

export function useDispatcher(): Dispatcher {
  const dispatcher = useContext(DispatcherContext)
  if (!dispatcher) throw new Error('The board is outside its provider')
  return dispatcher
}
