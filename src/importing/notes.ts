/** What a person should know of checkpoints before they are imported. */
import { basename } from 'node:path';
import { architectureCalled, lookAlikeText, type ArchitectureName } from '../architectures';
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
  const lookAlike = lookAlikeText(architecture);
  return lookAlike === undefined || files.every(isNamed)
    ? notes
    : [...notes, `${capital(lookAlike)}: only the accuracy tells them apart.`];
}

/** Whether a file says of which network it is, so that it is none of those that look alike. */
export function isNamed({ architecture, metadata }: InspectedFile): boolean {
  return Object.values(metadata).some((text) => architectureCalled(text) === architecture);
}
