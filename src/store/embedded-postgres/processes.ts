import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When a process began, in the system's own words; empty for one that does not run (any more). */
export function startOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'lstart');
  try {
    // The name in brackets may itself hold brackets and spaces; after it, the state comes first and the start 20th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? '' : (rest[18] ?? '');
  } catch {
    return '';
  }
}

export function isAlive(pid: number, started: string): boolean {
  return started !== '' && startOf(pid) === started;
}

/** The command line of a process, its parts separated by blanks; empty for one that does not exist. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function ps(pid: number, field: string): string {
  return spawnSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
