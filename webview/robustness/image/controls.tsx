/** The controls of one image: which, under what; and what is changed now and then. */
import * as l10n from '@vscode/l10n';
import { keyOf } from '../../common/heat/results';
import { imageName } from '../../common/text';
import { IconButton, Select } from '../../controls';
import { LayerPicker, MethodPicker } from '../../frame';
import { AppearanceControls, ColourBar, OpacitySlider, type Look } from '../../heat';
import type { RobustnessState } from '../robustnessState';
import type { SavedState } from '../savedState';
import { scalesOf, CLEAN, type ImageState } from './imageState';
import type { NamedEntry } from './oneImage';

export interface ImageControlsProperties {
  readonly of: RobustnessState;
  /** The key of the visible image; undefined where there is none. */
  readonly image: string | undefined;
  /** The perturbations to choose from. */
  readonly entries: readonly NamedEntry[];
  readonly state: Pick<SavedState, 'entry' | 'rounds' | 'method'>;
  readonly look: Look;
  readonly keep: (change: Partial<SavedState>) => void;
  /** Called with how many images to go on by. */
  readonly onStep: (by: number) => void;
  readonly onUseInStudy: () => void;
  readonly onFiles: (files: 'ask' | 'study') => void;
  readonly onGallery: () => void;
}

const ALL = 'all';
const ROUNDS = [1, 2, 3, 5, 10] as const;

export function ImageControls(properties: ImageControlsProperties) {
  const { of, entries, state, look, keep, onUseInStudy } = properties;
  const alone = entries.filter(({ entry }) => entry === state.entry);
  const rounds = (alone.length === 0 ? entries : alone).reduce(
    (sum, entry) => sum + Math.min(entry.rounds, state.rounds),
    1,
  );
  return (
    <>
      <Picker {...properties} />
      <Select
        label={l10n.t('Perturbation')}
        choices={[
          { value: ALL, text: l10n.t('All') },
          ...entries.map(({ entry, title }) => ({ value: String(entry), text: title })),
        ]}
        value={state.entry === null ? ALL : String(state.entry)}
        onChange={(value) => keep({ entry: value === ALL ? null : Number(value) })}
      />
      <MethodPicker
        view={of.view}
        layer={of.explanation.layer}
        choices={state.method === null ? [] : [state.method]}
        count={{ images: rounds, epochs: of.checkpoints.length }}
        note={l10n.t('Of this view alone: the tests over many images use the method of the study.')}
        onChoices={([method = null]) => keep({ method })}
        onUseInStudy={onUseInStudy}
      />
      <OpacitySlider look={look} />
    </>
  );
}

/** Chooses the image: one of the study's, or of some files. */
function Picker({ of: { view }, image, keep, onStep, onFiles, onGallery }: ImageControlsProperties) {
  const keys = view.images.map(keyOf);
  const at = image === undefined ? -1 : keys.indexOf(image);
  const ofFiles = view.source.images.of !== 'study';
  return (
    <div class="picker" role="group" aria-label={l10n.t('Image')}>
      <IconButton label={l10n.t('Previous image (,)')} icon="previous" disabled={at <= 0} onClick={() => onStep(-1)} />
      <Select
        label={l10n.t('Image')}
        choices={keys.map((key) => ({ value: key, text: imageName(key) }))}
        value={image ?? ''}
        onChange={(key) => keep({ image: key })}
      />
      <IconButton
        label={l10n.t('Next image (.)')}
        icon="next"
        disabled={at >= keys.length - 1}
        onClick={() => onStep(1)}
      />
      <IconButton label={l10n.t('Image Files…')} icon="add" onClick={() => onFiles('ask')} />
      {ofFiles ? (
        <IconButton label={l10n.t("The study's images")} icon="layers" onClick={() => onFiles('study')} />
      ) : (
        <IconButton label={l10n.t('Choose in Gallery')} icon="images" onClick={onGallery} />
      )}
    </div>
  );
}

export interface ImageAppearanceProperties extends Pick<
  ImageControlsProperties,
  'of' | 'entries' | 'state' | 'look' | 'keep'
> {
  readonly shown: ImageState | undefined;
}

export function ImageAppearance({ of, entries, state, look, keep, shown }: ImageAppearanceProperties) {
  const { colourMap, scale } = look.appearance.value;
  const { view, explanation } = of;
  return (
    <>
      {entries.some(({ rounds }) => rounds > 1) && (
        <Select
          label={l10n.t('Rounds')}
          title={l10n.t('Rounds shown')}
          choices={ROUNDS.map((value) => ({
            value: String(value),
            text: value === 1 ? l10n.t('1 round') : l10n.t('{0} rounds', value),
          }))}
          value={String(state.rounds)}
          onChange={(value) => keep({ rounds: Number(value) })}
        />
      )}
      <LayerPicker view={view} layer={explanation.layer} onLayer={(name) => keep({ layer: name })} />
      <AppearanceControls
        look={look}
        scaleTexts={{ image: l10n.t('Per map'), row: l10n.t('Per row'), shared: l10n.t('Shared') }}
      />
      <ColourBar
        colourMap={explanation.method.rectified ? colourMap : 'signed'}
        scale={scale === 'shared' && shown !== undefined ? scalesOf(shown, scale)(CLEAN) : undefined}
      />
    </>
  );
}
