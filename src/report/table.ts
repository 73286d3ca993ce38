/** Tables that a screen reader can read: a caption, and heads with what they are the head of. */
import { html, type Markup } from './markup';

export type Cell = Markup | string | number;

/** The first cell of each row is its head. */
type Rows = readonly (readonly Cell[])[];

export interface TableContent {
  readonly caption: string | Markup;
  /** Heads over several columns, in order; the first column stands outside them. */
  readonly groups?: readonly { readonly title: string; readonly columns: number }[];
  readonly head: readonly Cell[];
  /** Rows, or groups of them under a head each. */
  readonly rows: Rows | { readonly groups: readonly { readonly title: Cell; readonly rows: Rows }[] };
  /** Whether cells are words: then they begin at the left. */
  readonly words?: boolean;
}

export function dataTable({ caption, groups, head, rows, words = false }: TableContent): Markup {
  const [first, ...others] = head;
  const bodies =
    'groups' in rows
      ? rows.groups.map(
          ({ title, rows: ofGroup }) =>
            html`<tbody>
              <tr class="group">
                <th scope="rowgroup" colspan="${head.length}">${title}</th>
              </tr>
              ${ofGroup.map(row)}
            </tbody>`,
        )
      : html`<tbody>
          ${rows.map(row)}
        </tbody>`;
  return html`<div class="scroll">
    <table class="numbers${words && ' words'}">
      <caption>
        ${caption}
      </caption>
      <thead>
        ${
          groups !== undefined &&
          html`<tr>
            <td></td>
            ${groups.map(({ title, columns }) => html`<th scope="colgroup" colspan="${columns}">${title}</th>`)}
          </tr>`
        }
        <tr>
          <th scope="col">${first}</th>
          ${others.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      ${bodies}
    </table>
  </div>`;
}

function row([name, ...cells]: readonly Cell[]): Markup {
  return html`<tr>
    <th scope="row">${name}</th>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
}
