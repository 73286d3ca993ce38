/** What a person should know of checkpoints before they are imported. */
import { basename } from 'node:path';
import type { ArchitectureName } from '../../architectures';
import { remarksOn } from '../weights/remarks';
import type { InspectedFile } from './inspectFile';

/** Networks that have the same names and shapes as one of ours, and compute something else. */
const LOOK_ALIKES: Partial<Record<ArchitectureName, string>> = {
  resnet18_cifar: 'a ResNet-18 with a max-pool after its 3×3 stem',
  efficientnet_b0: 'tf_efficientnet_b0, which pads as TensorFlow does',
};

/** A sentence each; of files that all say the same, once. */
export function notesOn(architecture: ArchitectureName, files: readonly InspectedFile[]): string[] {
  const remarks = new Map<string, string[]>();
  for (const file of files) {
    const { path } = file;
    for (const remark of remarksOn(file)) remarks.set(remark, [...(remarks.get(remark) ?? []), basename(path)]);
  }
  const notes = [...remarks].map(([remark, names]) => {
    if (names.length === files.length) return remark;
    return `${names.length === 1 ? (names[0] ?? '') : `${names.length} of ${files.length} files`}: ${remark}`;
  });
  const lookAlike = LOOK_ALIKES[architecture];
  // A file that calls itself so has been compared with it, and is none of these.
  const isNamed = files.every(({ metadata }) => Object.values(metadata).includes(architecture));
  if (lookAlike === undefined || isNamed) return notes;
  const only = `only the accuracy shows that these are of ${architecture}`;
  return [...notes, `The names and shapes are also those of ${lookAlike}: ${only}.`];
}
