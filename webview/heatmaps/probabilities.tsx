/** The most probable classes of a cell. A press on one shows its heatmap. */
import * as l10n from '@vscode/l10n';
import { ShareButton } from '../chart/shareButton';
import { className, percent, shortNumber } from '../common/text';
import type { ShownCell } from './shownCell';
import { change } from './page';

export interface ProbabilitiesProperties {
  readonly classNames: readonly string[];
  readonly shown: ShownCell | undefined;
}

const SHOWN = 5;

export function Probabilities({ classNames, shown }: ProbabilitiesProperties) {
  const probabilities = shown?.result.probabilities ?? [];
  const order = probabilities
    .map((_, index) => index)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  return (
    <section class="probabilities" aria-label={l10n.t('Probabilities')}>
      <h3>{l10n.t('Top 5')}</h3>
      <ol>
        {shown !== undefined &&
          // By their place, so that the focus stays where it is.
          order.slice(0, SHOWN).map((index, place) => (
            <li key={place}>
              <Probability
                name={className(classNames, index)}
                probability={probabilities[index] ?? 0}
                logit={shown.result.logits[index] ?? 0}
                isLabel={index === shown.label}
                isTarget={index === shown.target}
                onClick={() => change({ target: index })}
              />
            </li>
          ))}
      </ol>
    </section>
  );
}

interface ProbabilityProperties {
  readonly name: string;
  readonly probability: number;
  readonly logit: number;
  readonly isLabel: boolean;
  /** Whether its heatmap is shown. */
  readonly isTarget: boolean;
  readonly onClick: () => void;
}

function Probability({ name, probability, logit, isLabel, isTarget, onClick }: ProbabilityProperties) {
  const share = percent(probability);
  return (
    <ShareButton
      class="probability"
      share={probability}
      text={share}
      pressed={isTarget}
      title={l10n.t('Logit {0}. Press to see the heatmap of {1}.', shortNumber(logit), name)}
      label={
        isLabel
          ? l10n.t('{0}, the label: {1}. Show its heatmap', name, share)
          : l10n.t('{0}: {1}. Show its heatmap', name, share)
      }
      onClick={onClick}
    >
      {name}
      {isLabel && <span class="tag">{l10n.t('label')}</span>}
    </ShareButton>
  );
}
