/** What the report rests on, to be read and to be copied. */
import type { ReportContent } from '../content';
import { html, type Markup } from '../markup';
import { bibtex, readable, reference } from '../references/bibtex';
import type { ReferenceKey } from '../references/entries';
import { usedReferences } from '../references/used';
import type { Section } from './section';

export function referencesSection(content: ReportContent): Section {
  const keys = usedReferences(content);
  const body = html`<ul class="references">
      ${keys.map((key) => html`<li id="${placeOf(key)}">${readable(key)}</li>`)}
    </ul>
    <details>
      <summary>BibTeX of these ${keys.length}</summary>
      <pre tabindex="0">${keys.map(bibtex).join('\n\n')}</pre>
    </details>`;
  return { id: 'references', title: 'References', body };
}

/** " [Selvaraju et al. 2017; Wang et al. 2004]", each linked to its entry. */
export function citations(keys: readonly ReferenceKey[]): Markup | undefined {
  const links = keys.map((key, at) => html`${at > 0 && '; '}<a href="#${placeOf(key)}">${reference(key).label}</a>`);
  return links.length === 0 ? undefined : html` [${links}]`;
}

function placeOf(key: ReferenceKey): string {
  return `reference-${key}`;
}
