/**
 * The alarm's sound: two quiet tones every few seconds until a person silences it; no content in it.
 *
 * Browsers play nothing before somebody has touched the page. `isBlocked` says so, and the page then
 * says it in words: a silent alarm must not look like a working one.
 */
const EVERY_MS = 4_000

export interface AlarmSound {
  readonly isBlocked: boolean
  start(): void
  stop(): void
  /** Call on any touch of the page. */
  unblock(): void
}

export function createAlarmSound(): AlarmSound {
  let timer: ReturnType<typeof setInterval> | null = null
  let audio: AudioContext | null = null

  function sound(): void {
    audio ??= new AudioContext()
    for (const [index, pitch] of [660, 880].entries()) {
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      tone.frequency.value = pitch
      volume.gain.value = 0.08
      tone.connect(volume).connect(audio.destination)
      tone.start(audio.currentTime + index * 0.25)
      tone.stop(audio.currentTime + index * 0.25 + 0.18)
    }
  }

  return {
    get isBlocked() {
      return audio !== null && audio.state === 'suspended'
    },
    start() {
      if (timer !== null) return
      sound()
      timer = setInterval(sound, EVERY_MS)
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
    },
    unblock() {
      audio ??= new AudioContext()
      void audio.resume()
    },
  }
}
