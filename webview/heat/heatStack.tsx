/** A picture with what was computed of it, one over the other, in the picture's own proportions. */
import * as l10n from '@vscode/l10n';
import type { ComponentChildren, HTMLAttributes } from 'preact';
import { isCropped, type Box } from '../../src/imaging/placement';
import type { Picture } from '../../src/protocol/engine';
import type { ShownPicture } from '../common/heat/pictures';
import { pictureAddress } from './bitmap';
import { Heat, type HeatProperties } from './heat';
import './heat.css';

type Attributes = Omit<HTMLAttributes<HTMLSpanElement>, 'class' | 'style' | 'picture'>;

export interface PictureStackProperties extends Attributes {
  /** Undefined until it is there. */
  readonly picture: ShownPicture | undefined;
  readonly class?: string | undefined;
  /** What lies over the picture. */
  readonly children?: ComponentChildren;
}

/** The longest proportions that are kept: a picture of one line of pixels can still be seen, and stays in its cell. */
const LONGEST = 24;

export function PictureStack({ picture, class: kind, children, ...attributes }: PictureStackProperties) {
  const isPartial = picture !== undefined && (picture.box.width !== 1 || picture.box.height !== 1);
  const classes = ['stack', kind, isPartial && 'partial', isPartial && isCropped(picture.box) && 'cropped'];
  return (
    <span {...attributes} class={classes.filter(Boolean).join(' ')} style={placeOf(picture)}>
      <PictureBitmap class="picture" picture={picture?.picture} />
      {picture?.given !== undefined && <PictureBitmap class="picture given" picture={picture.given} />}
      <span class="crop" />
      {children}
    </span>
  );
}

export interface HeatStackProperties extends PictureStackProperties, HeatProperties {
  /** Whether the map is the same everywhere, which is said in place of colours. */
  readonly flat: boolean;
}

export function HeatStack({ flat, children, map, scale, appearance, raster, isAlone, ...stack }: HeatStackProperties) {
  const heat = { scale, appearance, raster, isAlone: isAlone === true };
  return (
    <PictureStack {...stack}>
      <Heat map={flat ? undefined : map} {...heat} />
      {flat && <span class="flat">{l10n.t('flat')}</span>}
      {children}
    </PictureStack>
  );
}

export interface PictureBitmapProperties {
  readonly class: string;
  /** Undefined until it is there. */
  readonly picture: Picture | undefined;
}

export function PictureBitmap({ class: kind, picture }: PictureBitmapProperties) {
  const address = picture && pictureAddress(picture);
  return <img class={kind} src={address} hidden={address === undefined} decoding="sync" alt="" aria-hidden="true" />;
}

/** The proportions of the picture, and where the network's input lies in it. */
function placeOf(shown: ShownPicture | undefined): Record<string, string> {
  if (shown === undefined) return {};
  const { width, height } = shown.picture;
  const share = (side: keyof Box): string => `${100 * shown.box[side]}%`;
  return {
    '--aspect': String(Math.min(Math.max(width / height, 1 / LONGEST), LONGEST)),
    '--input-left': share('left'),
    '--input-top': share('top'),
    '--input-width': share('width'),
    '--input-height': share('height'),
  };
}
