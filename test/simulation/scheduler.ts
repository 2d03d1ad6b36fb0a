import { seeded } from '../bench/measure.ts';

interface Parked {
  readonly by: string;
  readonly at: string;
  readonly goOn: () => void;
}

/** Every await on the outside world parks here; a seeded choice says who goes on. One seed, one history. */
export class Scheduler {
  readonly trace: string[] = [];
  readonly #random: () => number;
  #parked: Parked[] = [];
  #running = '';

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole number from 0 to before `below`. */
  upTo(below: number): number {
    return Math.floor(this.#random() * below);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.upTo(items.length)];
  }

  /** The process that is running right now. */
  get running(): string {
    return this.#running;
  }

  note(what: string): void {
    this.trace.push(what);
  }

  park(at: string): Promise<void> {
    const by = this.#running;
    return new Promise((goOn) => this.#parked.push({ by, at, goOn }));
  }

  parkedBy(process: string): boolean {
    return this.#parked.some((task) => task.by === process);
  }

  get isIdle(): boolean {
    return this.#parked.length === 0;
  }

  /** A process that was killed never comes back from where it was. */
  kill(process: string): void {
    this.#parked = this.#parked.filter((task) => task.by !== process);
    this.note(`${process} was killed`);
  }

  /** Runs one process up to its next await on the outside world, or to its end. */
  async begin(process: string, work: () => Promise<unknown>): Promise<void> {
    this.#running = process;
    void work();
    await quiet();
  }

  async step(): Promise<void> {
    const index = this.upTo(this.#parked.length);
    const [task] = this.#parked.splice(index, 1);
    if (!task) return;
    this.note(`${task.by} ${task.at}`);
    this.#running = task.by;
    task.goOn();
    await quiet();
  }
}

/** Until nothing is left that could go on by itself. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
