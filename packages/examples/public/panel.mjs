/* global document */

/** One of the two halves of the page: its connection's state, its messages, its progress. */
import { Progress } from './files.mjs';
import { Log } from './log.mjs';

export const element = (id) => document.getElementById(id);

export class Panel {
  log;
  progress;
  #state;
  #toggle;
  #forms;
  #words;

  /**
   * @param id of its section
   * @param forms what can be used while the connection is open
   * @param words for the button that ends the connection, if it does, and the one that connects again
   */
  constructor(id, forms, words) {
    const find = (selector) => element(id).querySelector(selector);
    this.log = new Log(find('.log'));
    this.progress = new Progress(find('.progress'));
    this.#state = find('.state');
    this.#toggle = find('.toggle');
    this.#forms = forms.map(element);
    this.#words = words;
  }

  /** Has the button beside the state do what it says. */
  onToggle(leave, comeBack) {
    this.#toggle.addEventListener('click', () => {
      if (this.#state.dataset.state === 'open') leave();
      else comeBack();
    });
  }

  showState(state, text) {
    this.#state.textContent = text;
    this.#state.dataset.state = state;
    // Nobody wants to have a countdown read out.
    this.#state.ariaLive = state === 'waiting' ? 'off' : 'polite';
    const open = state === 'open';
    for (const { elements } of this.#forms) {
      for (const control of elements) control.disabled = !open;
    }
    const words = open ? this.#words.leave : this.#words.comeBack;
    this.#toggle.textContent = words;
    this.#toggle.hidden = words === undefined || state === 'connecting' || state === 'closing';
  }
}
