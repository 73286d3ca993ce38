/** Of many processes one asks; and where nobody can say that it does, all say so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetTurns, isOurTurn } from '../../../src/cluster/scheduler/turns';

describe('a question to a scheduler', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-turns-'));
    vi.stubEnv('EPOCHLENS_CACHE', folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('is asked by one of all that want to', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => isOurTurn(null, 'q1')));
    expect(asked.filter(Boolean)).toHaveLength(1);
    await forgetTurns(null, 'q2');
    expect(await isOurTurn(null, 'q1')).toBe(true);
  });

  it('is not left to others where its file cannot be made', async () => {
    // Longer than a file system lets a name be: any other than root could be shown a folder without the right to write.
    await expect(isOurTurn(null, 'q'.repeat(300))).rejects.toThrow(/could not be written/);
  });
});
