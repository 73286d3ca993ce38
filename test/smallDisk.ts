/** A disk of a few megabytes, for tests that fill it: it needs root, and a machine that lets it mount. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Gives it another size; what lies on it stays. */
  readonly resize: (megabytes: number) => void;
  readonly remove: () => void;
}

/** @throws where it may not be mounted */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-disk-'));
  const mount = (options: string): unknown =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  try {
    mount(`size=${String(megabytes)}m`);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return {
    folder,
    resize: (size) => void mount(`remount,size=${String(size)}m`),
    remove: () => {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Why there is none here; undefined where there can be one. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux') return 'skipped without Linux';
  try {
    smallDisk(1).remove();
    return undefined;
  } catch {
    return 'skipped where no disk may be mounted';
  }
}
