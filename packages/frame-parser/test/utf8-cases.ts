/** Byte sequences that are UTF-8, and that are not, by the mistake they make. In hexadecimal. */

const range = (first: number, last: number, after = ''): string => {
  const count = last - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i).toString(16) + after).join('');
};

export const VALID_UTF8: Record<string, string[]> = {
  'nothing at all': [''],
  'one to four bytes per character': [
    '68656c6c6f24776f726c64',
    '68656c6c6fc2a2776f726c64',
    '68656c6c6fe282ac776f726c64',
    '68656c6c6ff0a4ada2776f726c64',
    'cebae1bdb9cf83cebcceb5',
  ],
  'prefixes that end between characters': [
    'ceba',
    'cebae1bdb9',
    'cebae1bdb9cf83',
    'cebae1bdb9cf83cebc',
  ],
  'the first of each length': ['00', 'c280', 'e0a080', 'f0908080'],
  'the last of each length': ['7f', 'dfbf', 'efbfbf', 'f48fbfbf'],
  'the edges of the surrogates, and U+FFFD': ['ed9fbf', 'ee8080', 'efbfbd'],
  'non-characters': [
    'efbfbe',
    'efbfbf',
    ...['f0', 'f1', 'f2', 'f3', 'f4'].flatMap((lead) =>
      (lead === 'f0'
        ? ['9f', 'af', 'bf']
        : lead === 'f4'
          ? ['8f']
          : ['8f', '9f', 'af', 'bf']
      ).flatMap((second) => [`${lead}${second}bfbe`, `${lead}${second}bfbf`]),
    ),
  ],
  specials: ['efbfb9', 'efbfba', 'efbfbb', 'efbfbc', 'efbfbd'],
  'a byte order mark, kept': ['efbbbf', 'efbbbf41', '41efbbbf'],
};

export const INVALID_UTF8: Record<string, string[]> = {
  'a surrogate in the middle': ['cebae1bdb9cf83cebcceb5eda080656469746564'],
  'over U+10FFFF in the middle': ['cebae1bdb9cf83cebcceb5f4908080656469746564'],
  'prefixes that end inside a character': [
    'ce',
    'cebae1',
    'cebae1bd',
    'cebae1bdb9cf',
    'cebae1bdb9cf83ce',
    'cebae1bdb9cf83cebcce',
  ],
  'five and six byte forms, the first': ['f888808080', 'fc8480808080'],
  'five and six byte forms, the last': ['f7bfbfbf', 'fbbfbfbfbf', 'fdbfbfbfbfbf'],
  'over U+10FFFF': ['f4908080'],
  'continuation bytes alone': [
    '80',
    'bf',
    '80bf',
    '80bf80',
    '80bf80bf',
    '80bf80bf80',
    '80bf80bf80bf',
    range(0x80, 0xbe),
  ],
  'leading bytes alone': [
    range(0xc0, 0xde, '20'),
    range(0xe0, 0xee, '20'),
    range(0xf0, 0xf6, '20'),
    'f820f920fa20',
    'fc20',
  ],
  'the last byte missing': [
    ...['c0', 'e080', 'f08080', 'f8808080', 'fc80808080'],
    ...['df', 'efbf', 'f7bfbf', 'fbbfbfbf', 'fdbfbfbfbf'],
    'c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf',
  ],
  'bytes that never occur': ['fe', 'ff', 'fefeffff'],
  'overlong ASCII': ['c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af'],
  'overlong, at most': ['c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf'],
  'overlong NUL': ['c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080'],
  'single surrogates': ['eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf'],
  'paired surrogates': [
    ...['eda080edb080', 'eda080edbfbf', 'edadbfedb080', 'edadbfedbfbf'],
    ...['edae80edb080', 'edae80edbfbf', 'edafbfedb080', 'edafbfedbfbf'],
  ],
};
