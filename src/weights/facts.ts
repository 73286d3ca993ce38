/** What training scripts write beside weights, as far as it is understood. */
import type { Normalization, PerChannel } from '../study';

type Metadata = Readonly<Record<string, string>>;

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

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
