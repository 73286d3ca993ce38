/** The controls of the panel: the tab, the run, what is measured, and what is shown of it. */
import * as l10n from '@vscode/l10n';
import { DESCRIPTIONS } from '../../src/explanations/descriptions';
import { TRUST_TABS } from '../../src/protocol/trustPanel';
import { grouped } from '../common/text';
import { Checkbox, Popover, Select, Tabs, type Choice as Option } from '../controls';
import { CheckpointsMenu, methodText, RunPicker, Toolbar } from '../frame';
import { likenessText } from './sanity/texts';
import { MeasuredControls } from './measuredControls';
import { LIKENESSES, type ImageChoice } from './savedState';
import { scoreText } from './faithfulness/texts';
import { tabText } from './tabs';
import type { TrustToolbarProperties } from './toolbarProperties';
import { epochsOf, methodsOf } from './wanted';

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
      <ImagesSelect {...properties} />
      <ShownSelects {...properties} />
    </Toolbar>
  );
}

/** Chooses the methods whose maps are measured, one at least. */
function MethodsMenu({ view, choice, onChoice }: Pick<TrustToolbarProperties, 'view' | 'choice' | 'onChoice'>) {
  const chosen = methodsOf({ view, choice });
  const names = DESCRIPTIONS.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  const label = names.length === 1 ? (names[0] ?? '') : l10n.t('{0} methods', names.length);
  return (
    <Popover label={label} title={l10n.t('Methods that are measured')} icon="layers">
      {() => (
        <div class="popover-list">
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
              <span title={methodText(method)}>{method.name}</span>
            </Checkbox>
          ))}
        </div>
      )}
    </Popover>
  );
}

const STUDY = 'study';
/** The numbers of first test images that can be chosen, if there are as many. */
const COUNTS = [25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

function ImagesSelect({ view, tab, choice, testImages, onChoice }: TrustToolbarProperties) {
  const set = (images: ImageChoice): void => {
    if (tab !== 'calibration') onChoice({ images: { ...choice.images, [tab]: images } });
    else if (images !== STUDY) onChoice({ images: { ...choice.images, calibration: images } });
  };
  const most = testImages ?? 0;
  const chosen = choice.images[tab];
  const value = chosen === STUDY ? STUDY : Math.min(chosen, most);
  const counts = [...new Set([...COUNTS, ...(typeof value === 'number' ? [value] : [])])]
    .filter((count) => count > 0 && count < most)
    .sort((a, b) => a - b);
  const study: Option<string>[] =
    tab === 'calibration' || view.images.length === 0
      ? []
      : [{ value: STUDY, text: l10n.t('The study’s ({0})', view.images.length) }];
  return (
    <Select
      key={tab}
      label={l10n.t('Images')}
      choices={[
        ...study,
        ...counts.map((count) => ({ value: String(count), text: l10n.t('First {0} test images', grouped(count)) })),
        ...(most === 0 ? [] : [{ value: String(most), text: l10n.t('All {0} test images', grouped(most)) }]),
      ]}
      value={String(value)}
      onChange={(next) => set(next === STUDY ? STUDY : Number(next))}
    />
  );
}

/** What of the measured is shown. */
function ShownSelects({ view, tab, choice, onChoice }: TrustToolbarProperties) {
  const methods = methodsOf({ view, choice });
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
