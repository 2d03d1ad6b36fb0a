import type { Side } from '../domain/person.ts';
import { OWN_WORDS } from '../domain/session/own-words.ts';
import type { Happened } from '../domain/session/happened.ts';
import type { Command } from './live.api.ts';

type Bare<H> = H extends Happened ? Omit<H, 'by' | 'at'> : never;

const FREE: readonly Command['do'][] = OWN_WORDS;

export function needsRevision(command: Command): boolean {
  return !FREE.includes(command.do);
}

/** What a command is once it was obeyed, in the past tense. */
export function happeningOf(command: Command, by: Side, at: number): Happened {
  return { ...bare(command), by, at };
}

function bare(command: Command): Bare<Happened> {
  switch (command.do) {
    case 'start':
      return { kind: 'SessionStarted' };
    case 'pause':
      return { kind: 'BlockPaused' };
    case 'resume':
      return { kind: 'BlockResumed' };
    case 'next':
      return { kind: 'BlockEnded' };
    case 'back':
      return { kind: 'BlockReopened' };
    case 'extend':
      return { kind: 'BlockExtended', seconds: command.seconds };
    case 'skip':
      return { kind: 'BlockSkipped', because: command.because };
    case 'undo':
      return { kind: 'ActUndone' };
    case 'end':
      return { kind: 'MeetingEnded' };
    case 'play':
      return { kind: 'ClipPlayed', ...given({ position: command.position }) };
    case 'hold':
      return { kind: 'ClipHeld' };
    case 'back up':
      return { kind: 'ClipBackedUp', milliseconds: command.milliseconds };
    case 'set speed':
      return { kind: 'SpeedSet', speed: command.speed };
    case 'set loop':
      return { kind: 'LoopSet', loop: command.loop };
    default:
      return written(command);
  }
}

type Clocked =
  | 'start'
  | 'pause'
  | 'resume'
  | 'next'
  | 'back'
  | 'extend'
  | 'skip'
  | 'undo'
  | 'end'
  | 'play'
  | 'hold'
  | 'back up'
  | 'set speed'
  | 'set loop';

function written(command: Exclude<Command, { do: Clocked }>): Bare<Happened> {
  switch (command.do) {
    case 'prepare':
      return { kind: 'PreparationWritten', ...given({ positive: command.positive, notes: command.notes }) };
    case 'inspect':
      return { kind: 'CommitmentInspected', tried: command.tried };
    case 'notice':
      return { kind: 'NoticedWritten', text: command.text };
    case 'add deal':
      return { kind: 'DealAdded', deal: command.kind, name: command.name, question: command.question };
    case 'change deal': {
      const { kind: deal, name, question, inOneSentence } = command;
      return { kind: 'DealChanged', deal, ...given({ name, question, inOneSentence }) };
    }
    case 'look at':
      return { kind: 'DealLookedAt', deal: command.kind };
    case 'next step':
      return { kind: 'NextStepWritten', deal: command.kind, text: command.text };
    case 'coach':
      return { kind: 'CoachingStepReached', step: command.step };
    case 'answer':
      return { kind: 'AnswerNoted', text: command.text };
    case 'answer career':
      return { kind: 'CareerAnswered', text: command.text };
    case 'answer resilience':
      return { kind: 'ResilienceAnswered', text: command.text };
    case 'mark career':
      return { kind: 'CareerMarked', flat: command.flat };
    case 'say what was skipped':
      return { kind: 'SkippedStepNamed', step: command.kind };
    case 'commit':
      return { kind: 'CommitmentWritten', text: command.text };
    case 'confirm':
      return { kind: 'CommitmentConfirmed', edit: command.edit };
    default:
      return command satisfies never;
  }
}

/** Only what was sent: a field that is left out stays as it is. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
