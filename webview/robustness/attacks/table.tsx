/** Accuracy under each attack at each checkpoint, beside that of the same images as they are. */
import * as l10n from '@vscode/l10n';
import { accuracyUnderAttack, cleanAccuracy } from '../../../src/measures/attacks/measured';
import { attackTitles } from '../../../src/measures/attacks/text';
import { ofRate } from '../benchmarks/content';
import { intervalText, numberText } from '../../trust/numberTexts';
import type { AttackAnswer } from './answer';

export function AttackTable({ answer: { entries, results } }: { readonly answer: AttackAnswer }) {
  const titles = attackTitles(entries.map(({ attack }) => attack));
  const heads = [
    l10n.t('Attack'),
    l10n.t('Epoch'),
    l10n.t('Images'),
    l10n.t('As they are (%)'),
    l10n.t('Under attack (%)'),
    l10n.t('95 % interval'),
    l10n.t('Expected'),
  ];
  return (
    <div class="matrix">
      <div class="matrix-frame" tabIndex={0} role="region" aria-label={l10n.t('Accuracy under attack by checkpoint')}>
        <table>
          <caption>{l10n.t('Accuracy under attack by checkpoint')}</caption>
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
            {entries.flatMap(({ entry, attack }, at) =>
              results
                .filter((each) => each.entry === entry)
                .map(({ epoch, attacked, misses }) => {
                  const under = ofRate(accuracyUnderAttack(attacked));
                  return (
                    <tr key={`${entry} ${epoch}`} class="standard">
                      <th scope="row">{titles[at]}</th>
                      <td>{epoch}</td>
                      <td>{attacked.of}</td>
                      <td>{numberText(ofRate(cleanAccuracy(attacked)).mean)}</td>
                      <td>{numberText(under.mean)}</td>
                      <td>{intervalText(under)}</td>
                      <td>{judged(attack.expect?.accuracy?.min, misses.length > 0)}</td>
                    </tr>
                  );
                }),
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function judged(least: number | undefined, isMissed: boolean): string {
  if (least === undefined) return '–';
  return isMissed ? l10n.t('failed: at least {0} %', least) : l10n.t('passed: at least {0} %', least);
}
