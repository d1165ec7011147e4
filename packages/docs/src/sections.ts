/** The sections of the site, in the order of its navigation; each is a folder of pages. */
export interface Section {
  readonly folder: string;
  readonly title: string;
}

export const SECTIONS: readonly Section[] = [
  { folder: 'tutorial', title: 'Tutorial' },
  { folder: 'how-to', title: 'How-to' },
  { folder: 'reference', title: 'Reference' },
  { folder: 'topics', title: 'Topics' },
  { folder: 'migration', title: 'Migration' },
  { folder: 'comparison', title: 'Comparison' },
];
