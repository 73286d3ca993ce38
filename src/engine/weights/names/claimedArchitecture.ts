/** Whether a file calls its network something else than its tensors look like: names and shapes do not tell all apart. */
import type { ArchitectureName } from '../../../architectures';

export interface ClaimedArchitecture {
  /** Under which name the file says it, such as `arch` or `args.model`. */
  readonly place: string;
  /** As the file has it. */
  readonly name: string;
}

/** These name a network, whatever they say. */
const CERTAIN = /^(model_?)?(arch|architecture)(_?name)?$/i;
/** These do where what they say is a known network's name: else they may be of a run or of a file. */
const POSSIBLE = /^(model|net|network|backbone|encoder)(_?(name|type))?$/i;

/** Families of networks whose names hardly mean anything else, with what comes before and after them. */
const FAMILY =
  /^(\w+_)?(pre_?act_?)?(wide_?)?(res|dense|efficient|mobile|google|alex|conv|mnas|reg|squeeze|shuffle|ghost|inception|hr|dla|vgg|vit|deit|swin|wrn|rexnet|mixnet|nfnet|lenet|resnext|xception)\w*$/;

/** What data sets, packages and tags of weights add to a network's name. */
const ADDED = [
  /^.*\//,
  /^(torchvision|timm)(\.models)?\./,
  /^models\./,
  /\.[a-z]\w*$/,
  /(^|_)(tiny_?imagenet|cifar|imagenet|in1k|svhn|mnist)_?(10|100|1k)?(?=_|$)/g,
  /(^|_)(pretrained|scratch|baseline)(?=_|$)/g,
  /^(gluon|ssl|swsl|tv)_/,
  /_v1b$/,
];

/** Undefined where the file says nothing of it, or nothing that contradicts. */
export function contradictedArchitecture(
  metadata: Readonly<Record<string, string>>,
  architecture: ArchitectureName,
): ClaimedArchitecture | undefined {
  for (const [place, name] of Object.entries(metadata)) {
    const key = keyOf(place);
    const claimed = plainName(name);
    const isName = CERTAIN.test(key) || (POSSIBLE.test(key) && FAMILY.test(claimed));
    if (isName && claimed !== '' && !isOf(claimed, architecture)) return { place, name };
  }
  return undefined;
}

/** The last part of a place, with what a name is of before it: `model_name` of `config.model.name`. */
function keyOf(place: string): string {
  const [last = '', of] = place.split('.').reverse();
  return of !== undefined && /^(name|type)$/.test(last) ? `${of}_${last}` : last;
}

/** `ResNet-18`, `timm/resnet18.a1_in1k` and `cifar10_resnet18` as `resnet18`. */
function plainName(name: string): string {
  const lower = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return ADDED.reduce((rest, added) => rest.replace(added, ''), lower).replace(/^_+|_+$/g, '');
}

function isOf(claimed: string, architecture: ArchitectureName): boolean {
  const own = squeezed(plainName(architecture));
  const found = squeezed(claimed);
  // Only the family: of whichever depth.
  return found === own || /^(cifar)?(resnet|efficientnet)(cifar)?$/.exec(found)?.[2] === /^[a-z]+?net/.exec(own)?.[0];
}

function squeezed(name: string): string {
  return name.replace(/_/g, '').replace(/v1$/, '');
}
