/* global Blob, requestAnimationFrame, URL */

/** Files that are sent and received, and how much of something is done. */
import { part } from './log.mjs';
import { wordsForBytes } from './wording.mjs';

/** What the server takes. */
export const LONGEST_FILE = 4 * 1024 * 1024;

/** A link that saves the bytes; they are kept until the page is left. */
export function linkTo(bytes, name) {
  const link = part('a', 'file', name);
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  return part('span', '', link, ` (${wordsForBytes(bytes.byteLength)})`);
}

/** A bar with a text; it is there while there is something to show. */
export class Progress {
  #box;

  constructor(box) {
    this.#box = box;
  }

  show(fraction, text) {
    this.#box.hidden = false;
    this.#box.querySelector('progress').value = fraction;
    this.#box.querySelector('span').textContent = text;
  }

  hide() {
    this.#box.hidden = true;
  }

  /** Shows what still waits to be sent, until nothing does. */
  follow(socket, total) {
    const waiting = socket.isOpen ? socket.bufferedAmount : 0;
    if (waiting === 0) {
      this.hide();
      return;
    }
    const text = `${wordsForBytes(waiting)} of ${wordsForBytes(total)} wait to be sent`;
    this.show(Math.max(0, 1 - waiting / total), text);
    requestAnimationFrame(() => this.follow(socket, total));
  }
}
