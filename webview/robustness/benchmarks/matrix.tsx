/** Errors at an epoch, a row for each corruption and a column for each severity; flips of sequences below. */
import * as l10n from '@vscode/l10n';
import type { Benchmark, CorruptionErrors } from '../../../src/measures/benchmark/measured';
import { Select } from '../../controls';
import { intervalText, numberText } from '../../trust/numberTexts';
import { epoch as readOut } from '../../trust/tabSection';
import type { BenchmarkAnswer } from './answer';
import { ofRate } from './content';

export function Matrix({ answer: { points, start } }: { readonly answer: BenchmarkAnswer }) {
  const at = points.find(({ epoch }) => epoch === readOut.value) ?? points.at(-1);
  if (at === undefined) return null;
  const { corruptions, sequences } = at.benchmark;
  return (
    <div class="matrix">
      <Select
        label={l10n.t('Epoch')}
        title={l10n.t('The epoch whose errors are in the table')}
        choices={points.map(({ epoch }) => ({ value: String(epoch), text: String(epoch) }))}
        value={String(at.epoch)}
        onChange={(epoch) => (readOut.value = Number(epoch))}
      />
      {corruptions.length > 0 && <Corruptions corruptions={corruptions} isCompared={start.against !== null} />}
      {sequences.length > 0 && <Sequences sequences={sequences} />}
    </div>
  );
}

function groupText(group: CorruptionErrors['group']): string {
  switch (group) {
    case 'standard':
      return l10n.t('standard');
    case 'extra':
      return l10n.t('extra: in no mean');
    case 'other':
      return l10n.t('not published: in no mean');
  }
}

/** The darker, the more errors. The number says it, too. */
function shade(percent: number) {
  return { '--share': `${Math.round(percent)}%` };
}

interface CorruptionsProperties {
  readonly corruptions: Benchmark['corruptions'];
  readonly isCompared: boolean;
}

function Corruptions({ corruptions, isCompared }: CorruptionsProperties) {
  const severities = Math.max(...corruptions.map(({ errors }) => errors.length));
  const heads = Array.from({ length: severities }, (_, at) => l10n.t('Severity {0}', at + 1));
  return (
    <div class="matrix-frame" tabIndex={0} role="region" aria-label={l10n.t('Error by corruption and severity')}>
      <table>
        <caption>{l10n.t('Error in per cent')}</caption>
        <thead>
          <tr>
            {[l10n.t('Corruption'), ...heads, l10n.t('Mean'), l10n.t('95 % interval')].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {isCompared && <th scope="col">{l10n.t('Relative')}</th>}
          </tr>
        </thead>
        <tbody>
          {corruptions.map(({ name, group, errors, mean, relative }) => (
            <tr key={name} class={group}>
              <th scope="row" title={groupText(group)}>
                {name}
              </th>
              {errors.map((error, at) => (
                <td key={at} class="share" style={shade(ofRate(error).mean)} title={intervalText(ofRate(error))}>
                  {numberText(ofRate(error).mean)}
                </td>
              ))}
              <td>{numberText(mean.mean)}</td>
              <td>{intervalText(mean)}</td>
              {isCompared && <td>{numberText(relative?.mean)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sequences({ sequences }: { readonly sequences: Benchmark['sequences'] }) {
  const heads = [
    l10n.t('Sequence'),
    l10n.t('Frames'),
    l10n.t('Compared with'),
    l10n.t('Flip probability (%)'),
    l10n.t('95 % interval'),
  ];
  return (
    <div class="matrix-frame" tabIndex={0} role="region" aria-label={l10n.t('Flips in sequences')}>
      <table>
        <caption>{l10n.t('Predictions that flip from frame to frame')}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sequences.map(({ name, group, frames, withFirst, flips }) => (
            <tr key={name} class={group}>
              <th scope="row" title={groupText(group)}>
                {name}
              </th>
              <td>{frames}</td>
              <td>{withFirst ? l10n.t('the first frame') : l10n.t('the frame before')}</td>
              <td>{numberText(ofRate(flips).mean)}</td>
              <td>{intervalText(ofRate(flips))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
