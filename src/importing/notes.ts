/** What a person should know of checkpoints before they are imported. */
import { basename } from 'node:path';
import { architectureCalled, isFileNetwork, lookAlikeText } from '../architectures';
import { capital } from '../common/capital';
import type { StoredNetwork } from '../weights/network';
import { remarksOn } from '../weights/remarks';
import type { InspectedFile } from './inspectFile';

/** A sentence each; of files that all say the same, once. */
export function notesOn(files: readonly InspectedFile[]): string[] {
  const remarks = new Map<string, string[]>();
  for (const file of files) {
    const { path } = file;
    for (const remark of remarksOn(file)) remarks.set(remark, [...(remarks.get(remark) ?? []), basename(path)]);
  }
  const notes = [...remarks].map(([remark, names]) => {
    if (names.length === files.length) return remark;
    return `${names.length === 1 ? (names[0] ?? '') : `${names.length} of ${files.length} files`}: ${remark}`;
  });
  const doubt = files.map(doubtText).find((text) => text !== undefined);
  return doubt === undefined ? notes : [...notes, doubt];
}

/** That a network's names and shapes are also another's, where its file does not say which it is of. */
export function doubtText(network: Pick<StoredNetwork, 'architecture' | 'metadata'>): string | undefined {
  const { architecture } = network;
  const lookAlike = isFileNetwork(architecture) || isNamed(network) ? undefined : lookAlikeText(architecture);
  return lookAlike && `${capital(lookAlike)}: only the accuracy tells them apart.`;
}

/** Whether a file says of which network it is, so that it is none of those that look alike. */
export function isNamed({ architecture, metadata }: Pick<StoredNetwork, 'architecture' | 'metadata'>): boolean {
  return Object.values(metadata).some((text) => architectureCalled(text) === architecture);
}
