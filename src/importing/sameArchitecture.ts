/** Whether files are of one network, and of the one that they say they are. */
import { architecture as architectureOf, isFileNetwork, type NetworkName } from '../architectures';
import { InputError } from '../common/errors';
import { contradictedArchitecture } from '../weights/names/claimedArchitecture';
import { OpenQuestionError } from '../weights/question';
import type { InspectedFile } from './inspectFile';

/** @param asked what a person says they are @throws InputError that names the first file of another network */
export function sameArchitecture(files: readonly InspectedFile[], asked: NetworkName | undefined): NetworkName {
  // A name may be what others call a network that has another name here: vgg16_bn of one for CIFAR.
  const isCalled =
    asked !== undefined &&
    files.every(({ architecture: own }) => !isFileNetwork(own) && architectureOf(own).aliases.includes(asked));
  const expected = isCalled ? files[0]?.architecture : (asked ?? files[0]?.architecture);
  const other = files.find(({ architecture }) => architecture !== expected);
  if (expected !== undefined && other === undefined) return expected;
  throw new InputError('not of the network that was expected', {
    file: other?.path ?? '',
    found: other?.architecture ?? 'nothing',
    expected: asked === undefined ? `${expected ?? ''}, as the others are` : `${asked}, as was asked for`,
  });
}

/** @throws InputError that names the first file whose classifier tells another number of classes apart */
export function sameClasses([first, ...others]: readonly InspectedFile[]): number {
  const classes = first?.classes ?? 0;
  const other = others.find((file) => file.classes !== classes);
  if (other === undefined) return classes;
  throw new InputError('a classifier of other classes than the others', {
    file: other.path,
    found: `${other.classes} classes`,
    expected: `${classes}`,
  });
}

/**
 * Networks may have the same names and shapes and compute something else: tf_efficientnet_b0 pads differently than
 * efficientnet_b0. What a file calls itself then is all that tells them apart.
 * @throws InputError where it calls itself something else than it was recognised as
 */
export function refuseContradiction({ path, architecture, metadata }: InspectedFile): void {
  if (isFileNetwork(architecture)) return;
  const claimed = contradictedArchitecture(metadata, architecture);
  if (claimed?.isOther !== true) return;
  const question = { kind: 'architecture', path, claimed: claimed.name, recognised: architecture } as const;
  throw new OpenQuestionError(question, 'the file calls itself another network than its tensors look like', {
    file: path,
    place: claimed.place,
    found: claimed.name,
    expected: architecture,
    advice: `If it is ${architecture} all the same, say so: --architecture ${architecture}`,
  });
}
