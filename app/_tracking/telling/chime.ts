/** Two notes, a fourth apart: heard through a pocket, and no alarm. Hertz. */
const NOTES = [784, 1_047]
const NOTE_S = 0.18

export type Chime = { play(): void; close(): void }

/** To be made by a tap: browsers let a page make sounds only then. */
export function openChime(): Chime {
  const audio = new AudioContext()
  return {
    play() {
      // A page in the background may have been put to rest.
      void audio.resume()
      NOTES.forEach((hertz, index) => {
        const beginS = audio.currentTime + index * NOTE_S
        const tone = new OscillatorNode(audio, { frequency: hertz })
        const loudness = new GainNode(audio, { gain: 0 })
        loudness.gain.setValueAtTime(0.25, beginS)
        loudness.gain.exponentialRampToValueAtTime(0.001, beginS + NOTE_S * 1.5)
        tone.connect(loudness).connect(audio.destination)
        tone.start(beginS)
        tone.stop(beginS + NOTE_S * 1.5)
      })
      navigator.vibrate?.([200, 100, 200])
    },
    close: () => void audio.close(),
  }
}
