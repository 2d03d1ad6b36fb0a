/** Out of a hundred messages, so many of each. */
export interface PostFaults {
  readonly drop: number;
  readonly double: number;
  readonly delay: number;
}

/** A post that loses messages, brings them twice, late and out of order: the same ones for the same seed. */
export class FaultyPost<Message> {
  readonly #underWay: { readonly message: Message; readonly at: number }[] = [];
  /** What happened so far. */
  readonly counts = { dropped: 0, doubled: 0, delayed: 0 };

  /**
   * @param random from 0 to 1
   * @param longest minutes that a late message may take
   */
  constructor(
    private readonly random: () => number,
    private readonly faults: PostFaults,
    private readonly longest: number,
  ) {}

  send(message: Message, now: number): void {
    if (this.#falls(this.faults.drop)) return void this.counts.dropped++;
    const isDouble = this.#falls(this.faults.double);
    if (isDouble) this.counts.doubled++;
    for (let copy = 0; copy < (isDouble ? 2 : 1); copy++) {
      const isLate = this.#falls(this.faults.delay);
      if (isLate) this.counts.delayed++;
      this.#underWay.push({ message, at: now + (isLate ? Math.ceil(this.random() * this.longest) : 0) });
    }
  }

  /** What has arrived by now, in any order. */
  arrived(now: number): Message[] {
    const here = this.#underWay.filter(({ at }) => at <= now);
    for (const each of here) this.#underWay.splice(this.#underWay.indexOf(each), 1);
    const shuffled = here.map(({ message }) => ({ message, rank: this.random() }));
    return shuffled.toSorted((a, b) => a.rank - b.rank).map(({ message }) => message);
  }

  #falls(ofHundred: number): boolean {
    return this.random() * 100 < ofHundred;
  }
}
