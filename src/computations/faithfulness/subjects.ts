/** Whose maps are scored: the methods', and their controls'. */
import { methodKey } from '../../explanations';
import type { Size } from '../../imaging/placement';
import type { ControlId } from '../../measures/faithfulness/controls';
import type { FaithfulnessInputs } from '../../runs';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Explained } from '../heatmaps/explained';

/** Controls that neither the method nor the checkpoint changes. */
export type PlainControl = Exclude<ControlId, 'untrained'>;

export type Subject = {
  /** Tells it from all others of a request. */
  readonly id: string;
  /** Of its maps. */
  readonly grid: Size;
  /** As kept results name it. */
  readonly key: NonNullable<FaithfulnessInputs['subject']>;
} & (
  | { readonly kind: 'method'; readonly explained: Explained }
  | { readonly kind: 'untrained'; readonly explained: Explained; readonly checkpoint: HashedCheckpoint }
  | { readonly kind: 'control'; readonly control: PlainControl }
);

/** A method's maps, and what they are held against. */
export interface MethodSubjects {
  readonly method: Subject;
  readonly controls: readonly { readonly control: ControlId; readonly subject: Subject }[];
}

/** @param untrained whose maps a control is; undefined where the run has no such checkpoint */
export function methodSubjects(
  of: Explained,
  controls: readonly ControlId[],
  untrained: HashedCheckpoint | undefined,
): MethodSubjects {
  const explained = { ...of, signed: true };
  const { height, width, name: layer } = of.targetLayer;
  const grid = { height, width };
  const key = { explanation: methodKey(of.method), layer };
  return {
    method: identified({ kind: 'method', key, grid, explained }),
    controls: controls.flatMap((control): { control: ControlId; subject: Subject }[] => {
      if (control !== 'untrained')
        return [{ control, subject: identified({ kind: 'control', key: { control, ...grid }, grid, control }) }];
      if (untrained === undefined) return [];
      const ofUntrained = { ...key, mapsOf: untrained.hash };
      return [
        {
          control,
          subject: identified({ kind: 'untrained', key: ofUntrained, grid, explained, checkpoint: untrained }),
        },
      ];
    }),
  };
}

type Unidentified<S> = S extends unknown ? Omit<S, 'id'> : never;

export function identified(subject: Unidentified<Subject>): Subject {
  return { ...subject, id: JSON.stringify(subject.key) };
}
