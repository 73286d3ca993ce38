/** What is in the place that a packed run is to have. */
import { stat } from 'node:fs/promises';
import { canonicalJson } from '../../common/canonicalJson';
import { InputError } from '../../common/errors';
import { kindOf, readRegularFile } from '../../common/regularFile';
import { shellWord } from '../../common/shellWord';
import { runPaths } from '../paths';
import { MOST_TEXT_BYTES } from './format';

/** @param packed the run.json that was packed */
export async function taken(target: string, packed: Buffer): Promise<InputError> {
  const there = await readRegularFile(runPaths(target).manifest, MOST_TEXT_BYTES).catch(() => undefined);
  const own = identity(packed);
  if (there !== undefined && own !== undefined && identity(there) === own) {
    return new InputError('this run is there already', {
      file: target,
      found: 'the same run, by its run.json',
      expected: 'no folder of this name',
      advice: `There is nothing to unpack. To see whether it is whole:  epochlens verify ${shellWord(target)}`,
    });
  }
  return new InputError('there is a run of this name already', {
    file: target,
    found: there === undefined ? await kindText(target) : 'another run, by its run.json',
    expected: 'no folder of this name',
    advice: 'Unpack into another folder by --into, or delete that one.',
  });
}

async function kindText(target: string): Promise<string> {
  const stats = await stat(target).catch(() => undefined);
  if (stats === undefined) return 'a link that leads nowhere';
  return stats.isDirectory() ? 'a folder without a run.json' : kindOf(stats);
}

/** All that run.json says but for where its study file lies; undefined where it is damaged. */
function identity(text: Buffer): string | undefined {
  try {
    const fields = JSON.parse(text.toString('utf8')) as Record<string, unknown>;
    return canonicalJson({ ...fields, studyFile: null, sum: null });
  } catch {
    return undefined;
  }
}
