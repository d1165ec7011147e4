/**
 * The octets of the cases 6.5 to 6.23: text in one frame. Whether a sequence is UTF-8 is part of the
 * data, and not computed: it must not depend on any decoder.
 */
export interface Utf8Group {
  readonly group: string;
  readonly title: string;
  /** `+` and the octets of text that is UTF-8, `-` and those of text that is not. */
  readonly samples: readonly string[];
}

export const UTF8_GROUPS: readonly Utf8Group[] = [
  {
    group: '6.5',
    title: 'Text with characters of one to four octets',
    samples: [
      '+68656c6c6f24776f726c64',
      '+68656c6c6fc2a2776f726c64',
      '+68656c6c6fe282ac776f726c64',
      '+68656c6c6ff0a4ada2776f726c64',
      '+cebae1bdb9cf83cebcceb5',
    ],
  },
  {
    group: '6.6',
    title: 'Prefixes of text with characters of several octets',
    samples: [
      '-ce',
      '+ceba',
      '-cebae1',
      '-cebae1bd',
      '+cebae1bdb9',
      '-cebae1bdb9cf',
      '+cebae1bdb9cf83',
      '-cebae1bdb9cf83ce',
      '+cebae1bdb9cf83cebc',
      '-cebae1bdb9cf83cebcce',
      '+cebae1bdb9cf83cebcceb5',
    ],
  },
  {
    group: '6.7',
    title: 'The first character of each length',
    samples: ['+00', '+c280', '+e0a080', '+f0908080'],
  },
  {
    group: '6.8',
    title: 'The first sequences of five and six octets',
    samples: ['-f888808080', '-fc8480808080'],
  },
  {
    group: '6.9',
    title: 'The last character of each length',
    samples: ['+7f', '+dfbf', '+efbfbf', '+f48fbfbf'],
  },
  {
    group: '6.10',
    title: 'The last sequences of four to six octets beyond Unicode',
    samples: ['-f7bfbfbf', '-fbbfbfbfbf', '-fdbfbfbfbfbf'],
  },
  {
    group: '6.11',
    title: 'The borders of what is allowed',
    samples: ['+ed9fbf', '+ee8080', '+efbfbd', '+f48fbfbf', '-f4908080'],
  },
  {
    group: '6.12',
    title: 'Continuation octets with nothing to continue',
    samples: [
      '-80',
      '-bf',
      '-80bf',
      '-80bf80',
      '-80bf80bf',
      '-80bf80bf80',
      '-80bf80bf80bf',
      '-808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbe',
    ],
  },
  {
    group: '6.13',
    title: 'Starts of sequences, each with a space behind it',
    samples: [
      '-c020c120c220c320c420c520c620c720c820c920ca20cb20cc20cd20ce20cf20d020d120d220d320d420d520d620d720d820d920da20db20dc20dd20de20',
      '-e020e120e220e320e420e520e620e720e820e920ea20eb20ec20ed20ee20',
      '-f020f120f220f320f420f520f620',
      '-f820f920fa20',
      '-fc20',
    ],
  },
  {
    group: '6.14',
    title: 'Sequences without their last octet',
    samples: [
      '-c0',
      '-e080',
      '-f08080',
      '-f8808080',
      '-fc80808080',
      '-df',
      '-efbf',
      '-f7bfbf',
      '-fbbfbfbf',
      '-fdbfbfbfbf',
    ],
  },
  {
    group: '6.15',
    title: 'Unfinished sequences one behind the other',
    samples: ['-c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf'],
  },
  {
    group: '6.16',
    title: 'Octets that never occur',
    samples: ['-fe', '-ff', '-fefeffff'],
  },
  {
    group: '6.17',
    title: 'A slash, longer than needed',
    samples: ['-c0af', '-e080af', '-f08080af', '-f8808080af', '-fc80808080af'],
  },
  {
    group: '6.18',
    title: 'The highest characters that are longer than needed',
    samples: ['-c1bf', '-e09fbf', '-f08fbfbf', '-f887bfbfbf', '-fc83bfbfbfbf'],
  },
  {
    group: '6.19',
    title: 'NUL, longer than needed',
    samples: ['-c080', '-e08080', '-f0808080', '-f880808080', '-fc8080808080'],
  },
  {
    group: '6.20',
    title: 'Single surrogates',
    samples: ['-eda080', '-edadbf', '-edae80', '-edafbf', '-edb080', '-edbe80', '-edbfbf'],
  },
  {
    group: '6.21',
    title: 'Pairs of surrogates',
    samples: [
      '-eda080edb080',
      '-eda080edbfbf',
      '-edadbfedb080',
      '-edadbfedbfbf',
      '-edae80edb080',
      '-edae80edbfbf',
      '-edafbfedb080',
      '-edafbfedbfbf',
    ],
  },
  {
    group: '6.22',
    title: 'Noncharacters, which are allowed',
    samples: [
      '+efbfbe',
      '+efbfbf',
      '+f09fbfbe',
      '+f09fbfbf',
      '+f0afbfbe',
      '+f0afbfbf',
      '+f0bfbfbe',
      '+f0bfbfbf',
      '+f18fbfbe',
      '+f18fbfbf',
      '+f19fbfbe',
      '+f19fbfbf',
      '+f1afbfbe',
      '+f1afbfbf',
      '+f1bfbfbe',
      '+f1bfbfbf',
      '+f28fbfbe',
      '+f28fbfbf',
      '+f29fbfbe',
      '+f29fbfbf',
      '+f2afbfbe',
      '+f2afbfbf',
      '+f2bfbfbe',
      '+f2bfbfbf',
      '+f38fbfbe',
      '+f38fbfbf',
      '+f39fbfbe',
      '+f39fbfbf',
      '+f3afbfbe',
      '+f3afbfbf',
      '+f3bfbfbe',
      '+f3bfbfbf',
      '+f48fbfbe',
      '+f48fbfbf',
    ],
  },
  {
    group: '6.23',
    title: 'Specials such as the replacement character',
    samples: ['+efbfb9', '+efbfba', '+efbfbb', '+efbfbc', '+efbfbd', '+efbfbe', '+efbfbf'],
  },
];
