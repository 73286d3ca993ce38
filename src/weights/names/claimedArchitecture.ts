/** Whether a file calls its network something else than its tensors look like: names and shapes do not tell all apart. */
import {
  ARCHITECTURE_NAMES,
  architecture as architectureOf,
  architectureCalled,
  type ArchitectureName,
} from '../../architectures';

export interface ClaimedArchitecture {
  /** Under which name the file says it, such as `arch` or `args.model`. */
  readonly place: string;
  /** As the file has it. */
  readonly name: string;
  /** Whether it names another network that is known to exist, and not one that nobody but its author knows. */
  readonly isOther: boolean;
}

/** These name a network, whatever they say. */
const CERTAIN = /^(model_?)?(arch|architecture)(_?name)?$/i;
/** These do where what they say is a known network's name: else they may be of a run or of a file. */
const POSSIBLE = /^(model|net|network|backbone|encoder)(_?(name|type))?$/i;
/** No network's name is longer. */
const LONGEST_CLAIM = 100;
/** What says nothing. */
const NOTHING = /^_?(none|null|nan|default|unknown|na|n_a|true|false|auto)?_?$/;

/** Families whose members' names say all, so that a name of one is told by them. */
const NAMED_FAMILIES = /^(tf_)?(resnext|wide_resnet|densenet|mobilenet|regnet|convnext)/;

/** Families of networks, by names that hardly mean anything else; for networks of other families. */
const OTHER_FAMILIES =
  /(?<![a-z])(?:resnext|resnest|regnet|densenet|mobilenet|googlenet|alexnet|convnext|mnasnet|squeezenet|shufflenet|ghostnet|inception|hrnet|rexnet|mixnet|nfnet|xception|(?:wrn|vit|deit|swin|dla|lenet)(?=[_\d]|[a-z]\d|$))/;
/** With a word before it and within it, and a letter behind its depth: `pre_act_resnet18`, `resnetblur18`, `resnet18d`. */
const RESNET = /([a-z]*)_?(?:resnet|(?<![a-z])res(?=_?\d))_?([a-z]*)_?(\d{1,4})(?!\d)([a-z]*)/g;
const EFFICIENTNET = /([a-z]*)_?efficientnet_?([a-z]*\d*[a-z]*)/g;
const VGG = /(?<![a-z])vgg_?(\d{1,2})(?!\d)/g;
/** Words that make another network of one, of the same names and shapes where they add no tensors. */
const VARIANTS =
  /^(pre_?act|act|wide|se|eca|sk|cbam|gc|tf|blur|aa|rs|bot|halo|lambda|dual|swish|silu|gelu|leaky|elu|tanh)(?:relu)?$/;
/** Letters behind a depth that tell another network: timm's `resnet18d`, the `resnet8x4` of distillation. */
const OTHER_LETTERS = /^([bcdest]|ts|x|v)$/;
/** Words between the family and the depth that change nothing. */
const PLAIN_WITHIN = /^(cifar|imagenet|depth|net|layers?)?$/;

/** Undefined where the file says nothing of it, or nothing that is another name. */
export function contradictedArchitecture(
  metadata: Readonly<Record<string, string>>,
  architecture: ArchitectureName,
): ClaimedArchitecture | undefined {
  let unknown: ClaimedArchitecture | undefined;
  for (const [place, name] of Object.entries(metadata)) {
    const key = keyOf(place);
    if (!CERTAIN.test(key) && !POSSIBLE.test(key)) continue;
    const named = namedIn(plainName(name), architecture);
    if (named === 'other') return { place, name, isOther: true };
    if (named === 'unknown' && CERTAIN.test(key)) unknown ??= { place, name, isOther: false };
  }
  return unknown;
}

/** The networks that a file names, as far as they are known here. */
export function namedArchitectures(metadata: Readonly<Record<string, string>>): ArchitectureName[] {
  return Object.entries(metadata).flatMap(([place, name]) => {
    const key = keyOf(place);
    return CERTAIN.test(key) || POSSIBLE.test(key) ? (architectureCalled(plainName(name)) ?? []) : [];
  });
}

/** The last part of a place, with what a name is of before it: `model_name` of `config.model.name`. */
function keyOf(place: string): string {
  const [last = '', of] = place.split('.').reverse();
  return of !== undefined && /^(name|type)$/.test(last) ? `${of}_${last}` : last;
}

/** `ResNet-18()` as `resnet_18_`, without the tag of weights that timm's names end in, and a first version's number. */
function plainName(name: string): string {
  return name
    .slice(0, LONGEST_CLAIM)
    .trim()
    .toLowerCase()
    .replace(/\.[a-z]\w*_in1k$/, '')
    .replace(/[^a-z\d]+/g, '_')
    .replace(/_?v1b?(?![a-z\d])/g, '');
}

/** Whether a name has ours in it, or else another that is known. */
function namedIn(text: string, architecture: ArchitectureName): 'own' | 'other' | 'unknown' {
  const known = architectureCalled(text);
  if (NOTHING.test(text) || known === architecture) return 'own';
  if (known !== undefined && NAMED_FAMILIES.test(known)) return 'other';
  const [, , family] = NAMED_FAMILIES.exec(architecture) ?? [];
  if (family !== undefined && bare(text).includes(bare(family))) {
    const longest = longestNameIn(text);
    return longest === undefined || longest === architecture ? 'own' : 'other';
  }
  const mentions = [
    ...resNetsIn(text, architecture),
    ...efficientNetsIn(text, architecture),
    ...vggsIn(text, architecture),
  ];
  const isVariant = text.split('_').some((word) => word !== 'tf' && word !== 'act' && VARIANTS.test(word));
  if (mentions.includes('own')) return isVariant ? 'other' : 'own';
  if (mentions.includes('other') || OTHER_FAMILIES.test(text)) return 'other';
  // Only the family, of whichever depth.
  const ownFamily = /^(?:[a-z]+?net|vgg)/.exec(architecture)?.[0];
  if (ownFamily !== undefined && text.includes(ownFamily)) return isVariant ? 'other' : 'own';
  return /resnet|efficientnet|(?<![a-z])vgg(?![a-z])/.test(text) ? 'other' : 'unknown';
}

function bare(text: string): string {
  return text.replaceAll('_', '');
}

/** Of the names that are known here the longest that a text has in it. */
function longestNameIn(text: string): ArchitectureName | undefined {
  let longest = '';
  let found: ArchitectureName | undefined;
  for (const name of ARCHITECTURE_NAMES) {
    for (const each of [name, ...architectureOf(name).aliases].map(bare)) {
      if (each.length > longest.length && bare(text).includes(each)) [longest, found] = [each, name];
    }
  }
  return found;
}

function resNetsIn(text: string, architecture: ArchitectureName): ('own' | 'other')[] {
  const own = /^resnet(\d+)/.exec(architecture)?.[1];
  return [...text.matchAll(RESNET)].flatMap(([, before = '', within = '', depth, letters = '']) => {
    const isVariant = VARIANTS.test(before) || VARIANTS.test(within) || OTHER_LETTERS.test(letters);
    if (isVariant) return ['other'];
    // A number of something else: `resnet_10classes`.
    if (!PLAIN_WITHIN.test(within) || letters !== '') return within === 'v' ? ['other'] : [];
    return [depth === own ? 'own' : 'other'];
  });
}

function efficientNetsIn(text: string, architecture: ArchitectureName): ('own' | 'other')[] {
  return [...text.matchAll(EFFICIENTNET)].flatMap(([, before = '', variant = '']) => {
    const [, tf = '', own] = /^(tf)?_?efficientnet_(b\d)$/.exec(architecture) ?? [];
    if (own === undefined || (before === 'tf') !== (tf === 'tf')) return ['other'];
    if (variant === own) return ['own'];
    return /^(b\d|v2|lite|e[sml]$|cc|x)/.test(variant) ? ['other'] : [];
  });
}

function vggsIn(text: string, architecture: ArchitectureName): ('own' | 'other')[] {
  const own = /^vgg(\d+)/.exec(architecture)?.[1];
  return [...text.matchAll(VGG)].map(([, depth]) => (depth === own ? 'own' : 'other'));
}
