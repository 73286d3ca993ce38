/** The methods to choose from, each with what it is, what its maps cost, and its settings. Loaded when it opens. */
import * as l10n from '@vscode/l10n';
import { METHODS, type ExplanationMethod } from '../../src/explanations';
import { chosenMethod, choiceOf, type ExplainedView, type MethodChoice } from '../common/explanation';
import { Button } from '../controls';
import { costText } from './costText';
import type { MethodPickerProperties } from './methodPickerProperties';
import { MethodSettings } from './methodSettings';
import { methodSentence } from './methodText';

export interface MethodListProperties extends MethodPickerProperties {
  /** One at least. */
  readonly chosen: readonly MethodChoice[];
}

export function MethodList(properties: MethodListProperties) {
  const { view, choices, chosen, several = false, note, onChoices, onUseInStudy } = properties;
  return (
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
