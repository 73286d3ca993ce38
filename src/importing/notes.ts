/** What a person should know of checkpoints before they are imported. */
import { basename } from 'node:path';
import { isFileNetwork, lookAlikeText, type NetworkName } from '../architectures';
import { capital } from '../common/capital';
import { remarksOn } from '../weights/remarks';
import type { InspectedFile } from './inspectFile';

/** A sentence each; of files that all say the same, once. */
export function notesOn(architecture: NetworkName, files: readonly InspectedFile[]): string[] {
  const remarks = new Map<string, string[]>();
  for (const file of files) {
    const { path } = file;
    for (const remark of remarksOn(file)) remarks.set(remark, [...(remarks.get(remark) ?? []), basename(path)]);
  }
  const notes = [...remarks].map(([remark, names]) => {
    if (names.length === files.length) return remark;
    return `${names.length === 1 ? (names[0] ?? '') : `${names.length} of ${files.length} files`}: ${remark}`;
  });
  const lookAlike = isFileNetwork(architecture) ? undefined : lookAlikeText(architecture);
  // A file that calls itself so has been compared with it, and is none of these.
  const isNamed = files.every(({ metadata }) => Object.values(metadata).includes(architecture));
  return lookAlike === undefined || isNamed
    ? notes
    : [...notes, `${capital(lookAlike)}: only the accuracy tells them apart.`];
}
