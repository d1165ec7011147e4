/** What goes between parent and child, and the child's side of it. */

type Call = (...parameters: never[]) => unknown;

/** Calls that a child answers: an object of functions. */
export type Calls<C> = Record<keyof C, Call>;

export interface Question {
  readonly name: string;
  readonly parameters: unknown[];
}

export type Answer = { readonly value: unknown } | { readonly error: string };

/**
 * In the child: answers the parent's calls with `calls`, one after the other, until the parent lets
 * go. An interrupt from the keyboard, which all processes get, is for the parent to act on.
 */
export function answerCalls<C extends Calls<C>>(calls: C): void {
  const handlers = new Map<string, (...parameters: unknown[]) => unknown>(Object.entries(calls));
  const answer = async ({ name, parameters }: Question): Promise<Answer> => {
    try {
      return { value: await handlers.get(name)!(...parameters) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (question: Question) => {
    last = last.then(() => answer(question)).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit());
  process.on('SIGINT', () => undefined);
}
