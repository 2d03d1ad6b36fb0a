import { positionAt } from '../../src/domain/session/playback.ts';
import type { Follow, PlayerEffect, Source } from './effects.ts';
import type { Send } from './facts.ts';
import { correct } from './following.ts';

/** How often the element is compared with where it should be; also how exactly the clip's end is kept. */
const CHECK_MS = 50;

/** So soon before its end an address is not used for a new start any more. */
const MARGIN_MS = 5000;

/** So often in a row a new address is asked for. */
const RENEWALS = 3;

/**
 * The one element that sounds. It is started once within a tap and then used for ever: browsers allow sound to the
 * element that a person started, not to its successors.
 */
export class Player {
  readonly element = document.createElement('video');
  #source: Source | null = null;
  #follow: Follow | null = null;
  #checking: ReturnType<typeof setInterval> | undefined;
  #starting = false;
  #renewals = 0;

  constructor(private readonly send: Send) {
    this.element.playsInline = true;
    this.element.preload = 'auto';
    this.element.disableRemotePlayback = true;
    this.element.setAttribute('aria-hidden', 'true');
    this.element.addEventListener('error', () => this.#broke());
  }

  act(effect: PlayerEffect): void {
    if (effect.do === 'join sound') this.#join(effect.source);
    else this.#obey(effect.follow);
  }

  /** Within the tap, and unheard until it is known where the other side is. */
  #join(source: Source): void {
    if (this.#source === null || this.#mustChange(source)) this.#use(source);
    this.element.volume = 0;
    void this.#start();
  }

  #obey(follow: Follow | null): void {
    this.#follow = follow;
    clearInterval(this.#checking);
    if (!follow) return this.element.pause();
    const { source } = follow;
    if (this.#source === null || this.#mustChange(source)) this.#use(source);
    this.#checking = setInterval(() => this.#check(), CHECK_MS);
    this.#check();
  }

  /** Each look at the session brings a new address; the one in use stays while it is good, so nothing jumps. */
  #mustChange(source: Source): boolean {
    if (this.element.error) return true;
    if (fileOf(source.url) !== fileOf(this.#source!.url)) return true;
    return this.element.paused && this.#serverNow() > this.#source!.until - MARGIN_MS;
  }

  #use(source: Source): void {
    this.#source = source;
    this.element.src = source.url;
    const { playback, duration } = this.#follow ?? {};
    if (playback) this.element.currentTime = positionAt(playback, duration!, this.#serverNow()) / 1000;
  }

  #check(): void {
    const { currentTime, paused, seeking, error } = this.element;
    if (!this.#follow || this.#starting || seeking || error) return;
    const { playback, duration } = this.#follow;
    const correction = correct(
      playback,
      duration,
      { position: currentTime * 1000, paused },
      this.#serverNow(),
    );
    if ('position' in correction) this.element.currentTime = correction.position / 1000;
    if (correction.do === 'stop') this.element.pause();
    if ('rate' in correction) this.element.playbackRate = correction.rate;
    if (correction.do === 'play') void this.#start();
  }

  async #start(): Promise<void> {
    this.#starting = true;
    try {
      await this.element.play();
      this.#renewals = 0;
      this.send({ kind: 'SoundStarted' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        this.send({ kind: 'SoundBlocked' });
    }
    this.#starting = false;
    this.#check();
    this.element.volume = 1;
  }

  /** Most likely the address has run out: a new one comes with the next look at the session. */
  #broke(): void {
    this.send({ kind: this.#renewals++ < RENEWALS ? 'SoundFailed' : 'SoundLost' });
  }

  #serverNow(): number {
    return performance.now() + (this.#follow?.offset ?? 0);
  }
}

/** What an address points to, whoever signed it until when. */
function fileOf(url: string): string {
  return url.split('?')[0]!;
}
