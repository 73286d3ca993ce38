/** Chooses the explanation method, or several, with their settings; says what each is and what its maps cost. */
import * as l10n from '@vscode/l10n';
import { METHODS, type ExplanationMethod } from '../../src/explanations';
import { chosenMethod, choiceOf, explanationName, type ExplainedView, type MethodChoice } from '../common/explanation';
import { Button, Popover } from '../controls';
import { costText, type MapCount } from './costText';
import './methodPicker.css';
import { MethodSettings } from './methodSettings';
import { methodSentence } from './methodText';

export interface MethodPickerProperties {
  readonly view: ExplainedView;
  readonly layer: string;
  /** In the order in which they are shown; empty is the study's. */
  readonly choices: readonly MethodChoice[];
  /** Whether several can be chosen. */
  readonly several?: boolean;
  /** How many maps are asked for. */
  readonly count: MapCount;
  /** What of it coincides, or is else to be known. */
  readonly note?: string | undefined;
  readonly onChoices: (choices: readonly MethodChoice[]) => void;
  /** Writes the method, its parameters and the layer into the study file. */
  readonly onUseInStudy: () => void;
}

export function MethodPicker(properties: MethodPickerProperties) {
  const { view, choices, several = false, note, onChoices, onUseInStudy } = properties;
  const chosen = choices.length === 0 ? [choiceOf(chosenMethod(view, null).method.id, view)] : choices;
  const [first] = chosen;
  const label =
    chosen.length === 1 && first !== undefined
      ? explanationName(chosenMethod(view, first))
      : l10n.t('{0} methods', chosen.length);
  return (
    <Popover label={label} title={several ? l10n.t('Explanation methods') : l10n.t('Explanation method')} icon="method">
      {() => (
        <div class="methods">
          {note !== undefined && <p class="method-note">{note}</p>}
          <ul class="method-list" role={several ? undefined : 'radiogroup'}>
            {METHODS.map((method) => (
              <MethodItem
                key={method.id}
                {...properties}
                several={several}
                method={method}
                choice={chosen.find(({ id }) => id === method.id)}
                onChoose={(on) => onChoices(chosenAfter(view, chosen, method, on, several))}
                onChange={(change) => onChoices(chosen.map((each) => (each.id === change.id ? change : each)))}
              />
            ))}
          </ul>
          <div class="popover-actions method-actions">
            <Button label={l10n.t("The study's")} disabled={choices.length === 0} onClick={() => onChoices([])} />
            <Button
              label={l10n.t('Use in Study')}
              title={l10n.t('Write the method, its settings and the layer into the study file')}
              disabled={chosen.length !== 1}
              onClick={onUseInStudy}
            />
          </div>
        </div>
      )}
    </Popover>
  );
}

/** In the order of the list. One stays chosen. */
function chosenAfter(
  view: ExplainedView,
  before: readonly MethodChoice[],
  { id }: ExplanationMethod,
  on: boolean,
  several: boolean,
): readonly MethodChoice[] {
  if (!on) return before.length === 1 ? before : before.filter((each) => each.id !== id);
  const added = choiceOf(id, view);
  if (!several) return [added];
  return METHODS.flatMap((method) => (method.id === id ? added : (before.find((each) => each.id === method.id) ?? [])));
}

interface MethodItemProperties extends MethodPickerProperties {
  readonly method: ExplanationMethod;
  readonly choice: MethodChoice | undefined;
  readonly onChoose: (on: boolean) => void;
  readonly onChange: (choice: MethodChoice) => void;
}

function MethodItem({ view, layer, count, several, method, choice, onChoose, onChange }: MethodItemProperties) {
  const isChosen = choice !== undefined;
  const about = chosenMethod(view, choice ?? choiceOf(method.id, view));
  return (
    <li class={isChosen ? 'method chosen' : 'method'}>
      <label class="method-head">
        <input
          type={several === true ? 'checkbox' : 'radio'}
          name="method"
          checked={isChosen}
          onChange={({ currentTarget }) => {
            onChoose(currentTarget.checked);
            // One stays chosen.
            currentTarget.checked = isChosen || currentTarget.checked;
          }}
        />
        <span class="method-name">{method.name}</span> <span class="muted">{method.source}</span>
      </label>
      <p class="method-about">{methodSentence(method)}</p>
      <p class="method-about muted">{costText(view, about, layer, count)}</p>
      {isChosen && <MethodSettings method={method} choice={choice} inputSize={view.inputSize} onChange={onChange} />}
    </li>
  );
}
