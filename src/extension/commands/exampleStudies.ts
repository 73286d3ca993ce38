import * as vscode from 'vscode';

/** What a new study starts from. */
export type ExampleStudy =
  'small' | 'synthetic' | 'sweep' | 'permuted' | 'published' | 'pictures' | 'imagenette' | 'tinyImagenet';

/** Asks what a new study shall start from; each says how long it trains and what it downloads. */
export async function askExample(): Promise<ExampleStudy | undefined> {
  const items: (vscode.QuickPickItem & { readonly example: ExampleStudy })[] = [
    {
      example: 'small',
      label: vscode.l10n.t('A small study on CIFAR-10'),
      description: vscode.l10n.t('minutes on a laptop; downloads 170 MB, once'),
      detail: vscode.l10n.t('ResNet-20 on 10,000 photographs of ten classes, 10 epochs. A good first study.'),
    },
    {
      example: 'synthetic',
      label: vscode.l10n.t('A study on synthetic images'),
      description: vscode.l10n.t('about a minute; downloads nothing'),
      detail: vscode.l10n.t('ResNet-20 on shapes that the program draws, 5 epochs. Every setting has a comment.'),
    },
    {
      example: 'sweep',
      label: vscode.l10n.t('A sweep on synthetic images'),
      description: vscode.l10n.t('minutes; downloads nothing'),
      detail: vscode.l10n.t('Two recipes with two seeds each: how far do they differ, and how far does chance go?'),
    },
    {
      example: 'permuted',
      label: vscode.l10n.t('Permuted labels, on synthetic images'),
      description: vscode.l10n.t('about a minute; downloads nothing'),
      detail: vscode.l10n.t('The same with labels that say nothing: a check of what heatmaps show.'),
    },
    {
      example: 'published',
      label: vscode.l10n.t('The published study'),
      description: vscode.l10n.t('hours, or minutes on a graphics card; downloads 191 MB'),
      detail: vscode.l10n.t('EfficientNet-B0 with ImageNet weights on CIFAR-10 at 224×224, 20 epochs.'),
    },
    {
      example: 'pictures',
      label: vscode.l10n.t('Your own pictures'),
      description: vscode.l10n.t('minutes on a laptop; downloads 47 MB, once'),
      detail: vscode.l10n.t('ResNet-18 with ImageNet weights on a folder of pictures for each class.'),
    },
    {
      example: 'imagenette',
      label: vscode.l10n.t('Imagenette'),
      description: vscode.l10n.t('hours, or minutes on a graphics card; the file says where to get the pictures'),
      detail: vscode.l10n.t(
        'ResNet-18 with ImageNet weights on 9,469 photographs of ten classes at 160×160, 3 epochs.',
      ),
    },
    {
      example: 'tinyImagenet',
      label: vscode.l10n.t('Tiny-ImageNet'),
      description: vscode.l10n.t('hours on a graphics card; the file says where to get the pictures'),
      detail: vscode.l10n.t('ResNet-18 on 100,000 pictures of 200 classes at 64×64, 30 epochs.'),
    },
  ];
  const options = {
    title: vscode.l10n.t('Create Study'),
    placeHolder: vscode.l10n.t('What shall it start from?'),
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.example;
}
