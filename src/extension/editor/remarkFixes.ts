/** What can be done about the remarks on a study. */
import * as vscode from 'vscode';
import { isFileNetwork, type Declaration } from '../../architectures';
import { EXAMPLE_DATASET } from '../../datasets';
import type { Remark, Study } from '../../study';
import { nearest } from '../../study/nearest';
import type { Fix } from './finding';

/** @param declared its network, where that is known @returns changes of paths in a study of one model */
export function remarkFixes(
  { code, path, count = 0 }: Remark,
  study: Study,
  declared: Pick<Declaration, 'targetLayers'> | undefined,
): Fix[] {
  const { images, layer } = study.explain;
  switch (code) {
    case 'dataMissing':
    case 'dataUnreadable': {
      const title = vscode.l10n.t('Use synthetic images, which the program draws itself');
      return [change(title, ['dataset'], EXAMPLE_DATASET)];
    }
    case 'weightsMissing':
      // Nothing else is known of the network.
      if (isFileNetwork(study.model.architecture)) return [];
      return [change(vscode.l10n.t('Start from random weights'), ['model', 'weights'], 'random')];
    case 'unknownLayer': {
      const known = declared?.targetLayers.map((each) => each.name) ?? [];
      const meant = nearest(layer, known);
      const names = [...(meant === undefined ? [] : [meant]), 'auto'];
      return names.map((name) => change(vscode.l10n.t('Replace by "{0}"', name), path, name));
    }
    case 'fewerImages':
      return [change(vscode.l10n.t('Replace by {0}', count), path, count)];
    case 'noSuchImage': {
      if ('random' in images) return [];
      const set = path.includes('train') ? 'train' : 'test';
      const title = vscode.l10n.t('Leave out the images that are not there');
      return [
        change(
          title,
          ['explain', 'images', set],
          images[set].filter((index) => index < count),
        ),
      ];
    }
    default:
      return [];
  }
}

function change(title: string, path: Remark['path'], value: unknown): Fix {
  return { title, changes: [{ path, value }] };
}
