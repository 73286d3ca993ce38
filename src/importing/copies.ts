/** Files that are another one once more, as `last` and `best` are: by their bytes, or by the weights in them. */
import { basename } from 'node:path';
import { nameEpochsOf } from './epochs';
import type { LeftOut } from './files';
import type { InspectedFile } from './inspectFile';

export interface WithoutCopies {
  readonly kept: readonly InspectedFile[];
  readonly copies: readonly LeftOut[];
}

/**
 * A file is a copy of one that holds the same and whose name tells an epoch, where its own tells none or the same; among
 * several whose names tell none, the first is kept. Files of several epochs may hold the same weights.
 */
export function withoutCopies(files: readonly InspectedFile[]): WithoutCopies {
  const names = nameEpochsOf(files);
  const kept: InspectedFile[] = [];
  const copies: LeftOut[] = [];
  for (const [index, file] of files.entries()) {
    const original = files.findIndex((other, at) => {
      const isFirst = names[at] === names[index] ? at < index : names[index] === undefined;
      return at !== index && isFirst && isSame(other, file);
    });
    const found = files[original];
    if (found === undefined) kept.push(file);
    else copies.push({ path: file.path, reason: `it holds the same weights as ${basename(found.path)}` });
  }
  return { kept, copies };
}

function isSame(a: InspectedFile, b: InspectedFile): boolean {
  return a.sha256 === b.sha256 || a.weightsDigest === b.weightsDigest;
}
