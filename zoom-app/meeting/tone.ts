import type { ToneEffect } from './effects.ts';
import type { Send } from './facts.ts';

const KEPT = 'perennial-tones';
const HERTZ = 523;

/** Far below a voice: one that is listened to goes on undisturbed. */
const LOUDNESS = 0.06;
const SECONDS = 0.7;

let audio: AudioContext | null = null;

/** Makes the tones of the panel. Whoever asks for less motion wants a quiet page, and gets none. */
export function makeTone(effect: ToneEffect, send: Send): void {
  switch (effect.do) {
    case 'ready tone':
      return void ready(send);
    case 'sound tone':
      return sound();
    case 'keep tones':
      return localStorage.setItem(KEPT, effect.on ? 'on' : 'off');
  }
}

async function ready(send: Send): Promise<void> {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  // Without a tap the context stays asleep, and nothing is promised.
  await audio.resume().catch(() => {});
  if (audio.state === 'running') send({ kind: 'TonesReady', on: localStorage.getItem(KEPT) !== 'off' });
}

/** Swells and fades, because a sudden tone startles. */
function sound(): void {
  if (!audio || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
  const { currentTime: now } = audio;
  oscillator.frequency.value = HERTZ;
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(LOUDNESS, now + SECONDS / 4);
  gain.gain.linearRampToValueAtTime(0, now + SECONDS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(now);
  oscillator.stop(now + SECONDS);
}
