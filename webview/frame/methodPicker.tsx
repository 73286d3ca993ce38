/** Chooses the explanation method, or several, with their settings; says what each is and what its maps cost. */
import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import { chosenMethod, choiceOf, explanationName } from '../common/explanation';
import { Popover } from '../controls';
import type { MethodList } from './methodList';
import './methodPicker.css';
import type { MethodPickerProperties } from './methodPickerProperties';

export function MethodPicker(properties: MethodPickerProperties) {
  const { view, choices, several = false } = properties;
  const chosen = choices.length === 0 ? [choiceOf(chosenMethod(view, null).method.id, view)] : choices;
  const [first] = chosen;
  const label =
    chosen.length === 1 && first !== undefined
      ? explanationName(chosenMethod(view, first))
      : l10n.t('{0} methods', chosen.length);
  const list = useRef<typeof MethodList>(null);
  return (
    <Popover
      label={label}
      title={several ? l10n.t('Explanation methods') : l10n.t('Explanation method')}
      icon="method"
      load={async () => {
        list.current = (await import('./methodList')).MethodList;
      }}
    >
      {() => list.current && <list.current {...properties} chosen={chosen} />}
    </Popover>
  );
}
