/** What is changed now and then: the layer, the class, the scores, the seed, the run to compare with. */
import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import { SCORE_IDS } from '../../src/measures/faithfulness/scores';
import type { RunView } from '../../src/protocol/panelView';
import type { TrustTab } from '../../src/protocol/trustPanel';
import { layerOf } from '../common/layer';
import { Checkbox, Field, Select, TextField } from '../controls';
import { LayerPicker } from '../frame';
import { scoreText } from './faithfulness/texts';
import type { Choice } from './savedState';

export interface MeasuredControlsProperties {
  readonly view: RunView;
  readonly tab: TrustTab;
  readonly choice: Choice;
  readonly otherRuns: readonly { readonly folder: string; readonly text: string }[];
  readonly onChoice: (change: Partial<Choice>) => void;
}

export function MeasuredControls(properties: MeasuredControlsProperties) {
  const { view, tab, choice, onChoice } = properties;
  if (tab === 'calibration')
    return (
      <Checkbox checked={choice.drops} onChange={(drops) => onChoice({ drops })}>
        {l10n.t('Confidence drops under the study’s perturbations')}
      </Checkbox>
    );
  return (
    <>
      <LayerPicker view={view} layer={layerOf(view, choice.layer)} onLayer={(layer) => onChoice({ layer })} />
      {tab !== 'localisation' && (
        <Select
          label={l10n.t('Class')}
          title={l10n.t('Class of the heatmaps')}
          choices={[
            { value: 'predicted', text: l10n.t('Predicted by each') },
            { value: 'label', text: l10n.t('Label') },
          ]}
          value={choice.target}
          onChange={(target) => onChoice({ target })}
        />
      )}
      <Seed seed={choice.seed} onSeed={(seed) => onChoice({ seed })} />
      {tab === 'faithfulness' && <Scores {...properties} />}
      {tab === 'sanity' && <OtherRun {...properties} />}
    </>
  );
}

function Seed({ seed, onSeed }: { readonly seed: number; readonly onSeed: (seed: number) => void }) {
  const [text, setText] = useState(String(seed));
  return (
    <Field name={l10n.t('Seed')}>
      <TextField
        label={l10n.t('Seed of all that is drawn')}
        value={text}
        class="seed"
        onInput={(value) => {
          setText(value);
          if (/^\d{1,9}$/.test(value)) onSeed(Number(value));
        }}
      />
    </Field>
  );
}

/** One score at least is measured. */
function Scores({ choice, onChoice }: MeasuredControlsProperties) {
  return (
    <div class="scores" role="group" aria-label={l10n.t('Scores that are measured')}>
      {SCORE_IDS.map((score) => (
        <Checkbox
          key={score}
          checked={choice.scores.includes(score)}
          onChange={(on) => {
            const scores = SCORE_IDS.filter((each) => (each === score ? on : choice.scores.includes(each)));
            onChoice({ scores: scores.length === 0 ? choice.scores : scores });
          }}
        >
          {scoreText(score)}
        </Checkbox>
      ))}
    </div>
  );
}

const NONE = '';

function OtherRun({ otherRuns, choice, onChoice }: MeasuredControlsProperties) {
  return (
    <Select
      label={l10n.t('Compared with')}
      title={l10n.t('Run whose heatmaps are compared with this one’s')}
      choices={[
        { value: NONE, text: l10n.t('No other run') },
        ...otherRuns.map(({ folder, text }) => ({ value: folder, text })),
      ]}
      value={otherRuns.some(({ folder }) => folder === choice.against) ? (choice.against ?? NONE) : NONE}
      onChange={(folder) => onChoice({ against: folder === NONE ? null : folder })}
    />
  );
}
