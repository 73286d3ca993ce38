/** A run as TensorBoard shows it. */
import type { Run } from '../../runs';
import { numbersOf } from '../numbers';
import { keptPictures } from '../pictures';
import { identityTold, settingsTold } from '../settings';
import type { Entry } from './messages';

const HPARAMS_TAG = '_hparams_/session_start_info';
const PICTURES = 'heatmaps/';

export function isPicture(tag: string): boolean {
  return tag.startsWith(PICTURES);
}

/** When a run began, in seconds since 1970. */
export function beginOf({ manifest }: Run): number {
  return Date.parse(manifest.createdAt) / 1000;
}

/** All but the pictures, in the order in which a training makes them. */
export async function entriesOf(run: Run): Promise<Entry[]> {
  const { told } = await numbersOf(run);
  const atBegin = { step: 0, wallTime: beginOf(run) };
  const settings = settingsTold(run);
  return [
    { tag: HPARAMS_TAG, ...atBegin, content: { kind: 'settings', settings } },
    { tag: 'run', ...atBegin, content: { kind: 'text', text: markdown({ ...identityTold(run), ...settings }) } },
    ...told.map(({ tag, step, wallTime, value }): Entry => {
      return { tag, step, wallTime, content: { kind: 'scalar', value } };
    }),
  ];
}

export interface PictureEntries {
  readonly entries: readonly Entry[];
  /** How many there would be if all heatmaps were kept. */
  readonly of: number;
}

/** @throws InputError where the data set cannot be read; CancelledError */
export async function pictureEntries(run: Run, signal: AbortSignal): Promise<PictureEntries> {
  const { timeOf } = await numbersOf(run);
  const { pictures, of } = await keptPictures(run, signal);
  const entries = pictures.map(({ image, label, epoch, picture: { height, width }, png }): Entry => {
    const tag = `${PICTURES}${image}${label === undefined ? '' : ` ${label}`}`;
    return { tag, step: epoch, wallTime: timeOf(epoch), content: { kind: 'picture', height, width, png } };
  });
  return { entries, of };
}

/** A table of two columns, in which no text is taken for markup. */
function markdown(fields: Readonly<Record<string, number | boolean | string>>): string {
  const rows = Object.entries(fields).map(([name, value]) => `| ${name} | ${escaped(String(value))} |`);
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&');
}
