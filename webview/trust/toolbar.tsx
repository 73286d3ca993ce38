/** The controls of the panel: the tab, the run, what is measured, and what is shown of it. */
import * as l10n from '@vscode/l10n';
import { DESCRIPTIONS } from '../../src/explanations/descriptions';
import type { ExportKind } from '../../src/protocol/runPanel';
import { TRUST_TABS, type TrustTab } from '../../src/protocol/trustPanel';
import { chosenMethod, choiceOf, explanationName } from '../common/explanation';
import { Checkbox, Popover, Select, Tabs } from '../controls';
import { CheckpointsMenu, RunPicker, Toolbar } from '../frame';
import { methodText } from '../frame/methodText';
import { likenessText } from './sanity/texts';
import { MeasuredControls, type MeasuredControlsProperties } from './measuredControls';
import { ImagesSelect } from './imagesSelect';
import { LIKENESSES } from './savedState';
import { scoreText } from './faithfulness/texts';
import { tabText } from './tabs';
import { epochsOf, fusionProblem, methodsOf, type Counted } from './wanted';

export interface TrustToolbarProperties extends MeasuredControlsProperties {
  /** Undefined while it is not known. */
  readonly counted: Counted | undefined;
  readonly onTab: (tab: TrustTab) => void;
  /** Called with null for the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onHelp: () => void;
}

export function TrustToolbar(properties: TrustToolbarProperties) {
  const { view, tab, choice, onTab, onChoice, onRun, onSave, onHelp } = properties;
  const shown = new Set(epochsOf({ view, choice }));
  return (
    <Toolbar
      label={l10n.t('What is measured')}
      save={{ onSave }}
      onHelp={onHelp}
      helpLabel={l10n.t('Definitions and keyboard shortcuts (?)')}
      appearance={() => <MeasuredControls {...properties} />}
    >
      <Tabs
        label={l10n.t('Views')}
        tabs={TRUST_TABS.map((each) => [each, tabText(each)] as const)}
        shown={tab}
        onTab={onTab}
      />
      <RunPicker view={view} onRun={onRun} />
      {tab !== 'calibration' && <MethodsMenu view={view} choice={choice} onChoice={onChoice} />}
      <CheckpointsMenu
        all={view.checkpoints}
        shown={view.checkpoints.filter(({ epoch }) => shown.has(epoch))}
        onChange={(epochs) => onChoice({ epochs: epochs === null ? null : [...epochs] })}
      />
      {properties.counted !== undefined && <ImagesSelect {...properties} counted={properties.counted} />}
      <ShownSelects {...properties} />
    </Toolbar>
  );
}

/** Chooses the methods whose maps are measured, one at least. */
function MethodsMenu({ view, choice, onChoice }: Pick<TrustToolbarProperties, 'view' | 'choice' | 'onChoice'>) {
  const chosen = methodsOf({ view, choice }).map(({ id }) => id);
  const nameOf = (id: string): string => explanationName(chosenMethod(view, choiceOf(id, view)));
  const [only = ''] = chosen;
  const label = chosen.length === 1 ? nameOf(only) : l10n.t('{0} methods', chosen.length);
  const problem = fusionProblem({ view, choice });
  return (
    <Popover label={label} title={l10n.t('Methods that are measured')} icon="layers">
      {() => (
        <div class="popover-list">
          {problem !== undefined && <p class="muted methods-problem">{problem}</p>}
          {DESCRIPTIONS.map((method) => (
            <Checkbox
              key={method.id}
              checked={chosen.includes(method.id)}
              onChange={(on) => {
                const methods = DESCRIPTIONS.map(({ id }) => id).filter((id) =>
                  id === method.id ? on : chosen.includes(id),
                );
                // The last one stays.
                onChoice({ methods: methods.length === 0 ? [...chosen] : methods });
              }}
            >
              <span title={methodText(method)}>{nameOf(method.id)}</span>
            </Checkbox>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** What of the measured is shown. */
function ShownSelects({ view, tab, choice, onChoice }: TrustToolbarProperties) {
  const methods = methodsOf({ view, choice }).map(({ id }) => id);
  switch (tab) {
    case 'faithfulness':
      return (
        <>
          <Select
            label={l10n.t('Score')}
            choices={choice.scores.map((score) => ({ value: score, text: scoreText(score) }))}
            value={choice.scores.includes(choice.score) ? choice.score : (choice.scores[0] ?? choice.score)}
            onChange={(score) => onChoice({ score })}
          />
          {methods.length > 1 && (
            <Select
              label={l10n.t('Beside its controls')}
              choices={DESCRIPTIONS.filter(({ id }) => methods.includes(id)).map(({ id, name }) => ({
                value: id,
                text: name,
              }))}
              value={choice.method !== null && methods.includes(choice.method) ? choice.method : (methods[0] ?? '')}
              onChange={(method) => onChoice({ method })}
            />
          )}
        </>
      );
    case 'sanity':
      return (
        <Select
          label={l10n.t('Likeness')}
          title={l10n.t('How the likeness of two maps is measured')}
          choices={LIKENESSES.map((likeness) => ({ value: likeness, text: likenessText(likeness) }))}
          value={choice.likeness}
          onChange={(likeness) => onChoice({ likeness })}
        />
      );
    case 'localisation':
      return null;
    case 'calibration':
      return (
        <Select
          label={l10n.t('Bins')}
          choices={[
            { value: 'equalWidth', text: l10n.t('Equal width') },
            { value: 'equalMass', text: l10n.t('Equal mass') },
          ]}
          value={choice.bins}
          onChange={(bins) => onChoice({ bins })}
        />
      );
  }
}
