/** Returns whether the text is in the clipboard now. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Missing on plain http other than localhost, as on a phone that opens the demo of a computer in its network.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch (cause) {
    // The permission was refused: the older way needs none.
    console.warn('The clipboard was refused', cause)
  }
  return copySelected(text)
}

/** Browsers keep `execCommand` for pages without a clipboard, within a click: https://w3c.github.io/editing/docs/execCommand/ */
function copySelected(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  // No keyboard of a phone comes up, and the page does not scroll.
  area.readOnly = true
  area.style.position = 'fixed'
  area.style.opacity = '0'
  const dialog = focused?.closest('dialog') ?? document.body
  dialog.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch (cause) {
    console.warn('The text could not be copied', cause)
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
