/** What training scripts write beside weights, as far as it is understood. */
import type { Claims } from '../../runs';
import type { Normalization, PerChannel } from '../../study';

type Metadata = Readonly<Record<string, string>>;

/** In per cent. */
const TEST_ACCURACIES = [
  'test_accuracy',
  'test_acc',
  'test_acc1',
  'val_accuracy',
  'val_acc',
  'val_acc1',
  'accuracy',
  'acc',
  'acc1',
  'top1',
];
const TEST_LOSSES = ['test_loss', 'val_loss'];
const TRAIN_LOSSES = ['train_loss', 'loss'];

/** What a file says that its network does. Nobody here has measured it. */
export function claimsIn(metadata: Metadata): Claims {
  const own = numberOf(metadata['testAccuracy']);
  const others = firstNumber(metadata, TEST_ACCURACIES);
  // Other scripts write shares as often as per cent.
  const percent = own ?? (others === undefined ? undefined : others <= 1 ? 100 * others : others);
  return {
    testAccuracy: percent !== undefined && percent >= 0 && percent <= 100 ? percent : null,
    testLoss: firstNumber(metadata, TEST_LOSSES) ?? null,
    trainLoss: firstNumber(metadata, TRAIN_LOSSES) ?? null,
  };
}

/** Under which names scripts write down which epoch it is, the plainest first. */
const EPOCH_KEYS = ['epoch', 'cur_epoch', 'current_epoch', 'epoch_num', 'n_epoch', 'last_epoch', 'meta.epoch'];

/** Of which epoch the file says that it is. */
export function epochIn(metadata: Metadata): number | undefined {
  const said = EPOCH_KEYS.map((key) => metadata[key]).find((text) => text !== undefined);
  return said !== undefined && /^\d{1,5}(\.0+)?$/.test(said) ? Number(said) : undefined;
}

/** How inputs were normalised, as checkpoints written here say it. */
export function normalizationIn({ mean, std }: Metadata): Normalization | undefined {
  const [means, deviations] = [channelsOf(mean), channelsOf(std)];
  return means !== undefined && deviations?.every((value) => value > 0) ? { mean: means, std: deviations } : undefined;
}

export function inputSizeIn({ inputSize }: Metadata): number | undefined {
  const size = numberOf(inputSize);
  return size !== undefined && Number.isInteger(size) && size >= 32 && size <= 512 ? size : undefined;
}

function channelsOf(text: string | undefined): PerChannel | undefined {
  const values = (text ?? '')
    .split(',')
    .map(numberOf)
    .filter((value) => value !== undefined);
  return values.length === 3 ? (values as PerChannel) : undefined;
}

function firstNumber(metadata: Metadata, keys: readonly string[]): number | undefined {
  return keys.map((key) => numberOf(metadata[key])).find((value) => value !== undefined);
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
