/** The controls: what is changed daily in sight, and behind *Appearance* what is computed and how it looks. */
import * as l10n from '@vscode/l10n';
import { IconButton, SearchSelect } from '../controls';
import { CheckpointsMenu, LayerPicker, MethodPicker, RunPicker, Toolbar } from '../frame';
import { AppearanceControls, OpacitySlider } from '../heat';
import { CompareMenu } from './compareMenu';
import type { HeatmapsState } from './heatmapsState';
import { ImagesMenu } from './imagesMenu';
import { change, copy, look, page, request, useInStudy } from './page';
import { sameText } from './sameText';

interface HeatmapsToolbarProperties {
  readonly state: HeatmapsState;
  readonly onHelp: () => void;
}

export function HeatmapsToolbar({ state, onHelp }: HeatmapsToolbarProperties) {
  const { view, checkpoints } = state;
  return (
    <Toolbar
      label={l10n.t('What is shown')}
      actions={<Actions follows={view.source.follows} />}
      save={{
        onSave: (kind) => page.saving(page.host.request('save', { kind })),
        onCopy: () => page.attempt(copy()),
      }}
      onHelp={onHelp}
      appearance={() => <Appearance state={state} />}
    >
      <RunPicker view={view} onRun={page.chooseRun} />
      <CheckpointsMenu
        all={view.checkpoints}
        shown={checkpoints}
        onChange={(epochs) => change({ epochs: epochs === null ? null : [...epochs] })}
      />
      <ImagesMenu state={state} />
      <MethodPicker
        view={view}
        layer={state.layer}
        choices={state.settings.methods}
        several
        count={{ images: state.images.length, epochs: checkpoints.length }}
        note={sameText(state)}
        onChoices={(methods) => change({ methods: [...methods] })}
        onUseInStudy={() => useInStudy(state)}
      />
      <CompareMenu state={state} />
      <TargetPicker state={state} />
      <OpacitySlider look={look} />
    </Toolbar>
  );
}

function Actions({ follows }: { readonly follows: boolean }) {
  return (
    <>
      <IconButton label={l10n.t('Compute again (R)')} icon="refresh" onClick={request.again} />
      <IconButton
        label={l10n.t('Follow the study file that has the focus')}
        icon="pin"
        pressed={follows}
        onClick={() => page.attempt(page.host.request('follow', { follows: !follows }))}
      />
    </>
  );
}

type PickerProperties = Pick<HeatmapsToolbarProperties, 'state'>;

function TargetPicker({ state: { view, settings } }: PickerProperties) {
  return (
    <SearchSelect
      label={l10n.t('Class')}
      title={l10n.t('Class of the heatmaps')}
      choices={[
        { value: 'predicted', text: l10n.t('Predicted') },
        { value: 'label', text: l10n.t('Label') },
        ...view.classNames.map((name, index) => ({ value: String(index), text: name })),
      ]}
      value={String(settings.target)}
      onChange={(value) => change({ target: value === 'predicted' || value === 'label' ? value : Number(value) })}
    />
  );
}

function Appearance({ state }: PickerProperties) {
  const { view, layer } = state;
  return (
    <>
      <LayerPicker view={view} layer={layer} onLayer={(name) => change({ layer: name })} />
      <AppearanceControls
        look={look}
        scaleTexts={{ image: l10n.t('Per image'), row: l10n.t('Per row'), shared: l10n.t('Shared') }}
      />
    </>
  );
}
