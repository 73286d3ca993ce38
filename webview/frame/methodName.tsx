import * as l10n from '@vscode/l10n';
import { describedMethod } from '../../src/explanations/descriptions';
import { Field } from '../controls';
import { methodText } from './methodText';

/** Names the explanation method of a panel that follows the study's. @param id the method's */
export function MethodName({ id }: { readonly id: string }) {
  const method = describedMethod(id);
  const title = method === undefined ? undefined : l10n.t('{0} The study file says which.', methodText(method));
  return (
    <Field name={l10n.t('Method')}>
      <span title={title}>{method?.name ?? id}</span>
    </Field>
  );
}
