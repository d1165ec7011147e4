/* global document */

/** A list of messages, in which the latest is shown unless the reader has scrolled up. */
const LONGEST = 500;
const MARKS = { sent: '↑', received: '↓', note: '·' };

const clock = new Intl.DateTimeFormat([], { timeStyle: 'medium', hourCycle: 'h23' });

export class Log {
  #list;

  constructor(list) {
    this.#list = list;
  }

  /**
   * @param kind 'sent', 'received', or 'note' for what the page says itself
   * @param parts texts and elements
   * @returns adds something to the line
   */
  add(kind, ...parts) {
    const line = document.createElement('li');
    line.className = kind;
    const mark = part('span', 'mark', MARKS[kind]);
    mark.setAttribute('aria-label', kind);
    const body = part('span', 'body', ...parts);
    line.append(mark, part('time', '', clock.format(new Date())), body);
    this.#follow(() => this.#list.append(line));
    while (this.#list.childElementCount > LONGEST) this.#list.firstElementChild.remove();
    return (...more) => this.#follow(() => body.append(...more));
  }

  #follow(change) {
    const list = this.#list;
    const following = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    change();
    if (following) list.scrollTop = list.scrollHeight;
  }
}

export function part(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}
