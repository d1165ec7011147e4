/** Text that is made up: JSON, German prose, HTML. What counts is how it repeats itself. */
import { Random } from './random';

const SYLLABLES =
  'der ver ge sch be ein aus auf wasser licht stra ße hüt te läu fer turm gar ten mond en er ung lich keit heim bach berg tal schön grün kühl still weg'.split(
    ' ',
  );
const SMALL_WORDS =
  'und der die das in zu den nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für'.split(
    ' ',
  );
const NAMES = ['Anna', 'Jürgen', 'Søren', 'Zoë', 'Marek', 'Ινώ', 'Юрий', 'Li', 'Aoife', 'Noël'];
const TAGS = ['p', 'div', 'span', 'li', 'td', 'a', 'em', 'h2'];
const CLASSES = ['entry', 'entry odd', 'nav-item', 'footnote', 'meta small', 'title'];

/** Returns UTF-8 of exactly `size` octets, made of what `make` returns piece by piece. */
function exactly(size: number, seed: number, make: (random: Random) => string): Buffer {
  const random = new Random(seed);
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const piece = Buffer.from(make(random));
    if (length + piece.length > size) break;
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.concat([...pieces, Buffer.alloc(size - length, ' ')]);
}

export function json(size: number): Buffer {
  return exactly(size, 121, (random) => {
    const record = {
      id: 100_000 + random.below(900_000),
      user: {
        name: random.pick(NAMES),
        followers: random.below(5_000),
        verified: random.below(9) === 0,
      },
      text: sentence(random, 4 + random.below(12)),
      tags: Array.from({ length: random.below(4) }, () => word(random)),
      created_at: `2024-0${1 + random.below(9)}-1${random.below(10)}T0${random.below(10)}:${10 + random.below(50)}:00Z`,
      in_reply_to: random.below(3) === 0 ? random.below(1_000_000) : null,
    };
    return `${JSON.stringify(record)},\n`;
  });
}

export function prose(size: number): Buffer {
  return exactly(size, 123, (random) => {
    const sentences = Array.from({ length: 1 + random.below(6) }, () =>
      sentence(random, 5 + random.below(18)),
    );
    return `${sentences.join(' ')}\n\n`;
  });
}

export function html(size: number): Buffer {
  return exactly(size, 124, (random) => {
    const tag = random.pick(TAGS);
    const attributes = tag === 'a' ? ` href="/wiki/${word(random)}#${random.below(99)}"` : '';
    const body = sentence(random, 2 + random.below(14));
    return `  <${tag} class="${random.pick(CLASSES)}"${attributes}>${body}&nbsp;<b>${word(random)}</b></${tag}>\n`;
  });
}

function sentence(random: Random, words: number): string {
  const list = Array.from({ length: words }, () =>
    random.below(2) === 0 ? random.pick(SMALL_WORDS) : word(random),
  );
  const [first = '', ...rest] = list;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')}.`;
}

function word(random: Random): string {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(SYLLABLES)).join('');
}
