const KEPT_AS = 'rider-live.dispatch'

/** The dispatch token, for as long as this tab is open: other tabs and later visits ask for it again. */
export function readKeptToken(): string | null {
  try {
    return sessionStorage.getItem(KEPT_AS)
  } catch {
    // Storage may be switched off; the token then lasts until the page is left.
    return null
  }
}

export function keepToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEPT_AS)
    else sessionStorage.setItem(KEPT_AS, token)
  } catch {
    // As above.
  }
}
