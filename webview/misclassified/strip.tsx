import { markText, stripText, type Mark } from './stripText';

export interface StripProperties {
  readonly marks: readonly (Mark & { readonly name: string })[];
  /** The visible epoch. */
  readonly current: number;
  readonly onEpoch: (epoch: number) => void;
}

/** A row of marks, one for each epoch: tall where the prediction is right, short where it is wrong. */
export function Strip({ marks, current, onEpoch }: StripProperties) {
  const [only] = marks;
  const isAlone = only !== undefined && marks.length === 1;
  return (
    <div class="right-wrong" role="img" aria-label={isAlone ? markText(only) : stripText(marks)}>
      {marks.map((mark) => (
        <span
          key={mark.epoch}
          class={`step ${mark.right ? 'right' : 'wrong'}${mark.epoch === current ? ' current' : ''}`}
          title={markText(mark)}
          onClick={() => onEpoch(mark.epoch)}
        />
      ))}
    </div>
  );
}
