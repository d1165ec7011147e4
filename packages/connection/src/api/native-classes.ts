/**
 * The runtime's own classes of events, behind ours. Node has some of undici, with which it loads a hundred modules when the
 * global is first used. That takes longer than all of this package, so it is left to the application: nobody can ask
 * whether something is an instance of such a class before.
 */
import { isKnownNode } from '@ws/common';

interface NativeClass {
  readonly prototype: object;
}

/** What is looked at of `process`; Node does not document the list. */
interface Runtime {
  readonly versions: NodeJS.ProcessVersions;
  readonly moduleLoadList?: readonly string[];
}

const natives = globalThis as unknown as Partial<Record<string, NativeClass>>;
const UNDICI = 'NativeModule internal/deps/undici/undici';
/** The major version of Node from which on events are undici's. */
const FIRST_WITH_UNDICI = 22;

/**
 * Puts the prototype of a native class behind one of ours, and the attributes of `base` onto ours, so that they are
 * found first, as is the interface's name. Where there is no such class, it is that of Event, or ours stays as it is.
 */
export function standInFor(
  base: { prototype: object },
  ours: { prototype: object },
  name: string,
  runtime: Runtime = process,
): void {
  const inherited = Object.getOwnPropertyDescriptors(base.prototype);
  const own = Object.getOwnPropertyDescriptors(ours.prototype);
  Object.defineProperties(ours.prototype, { ...inherited, ...own });
  Object.defineProperty(ours.prototype, Symbol.toStringTag, { value: name, configurable: true });
  const native = nativePrototype(name, runtime);
  if (native !== undefined) Object.setPrototypeOf(ours.prototype, native);
}

function nativePrototype(name: string, runtime: Runtime): object | undefined {
  const event = natives['Event']?.prototype;
  if (event === undefined || name === 'Event' || !isLeftToLoad(runtime)) {
    return natives[name]?.prototype ?? event;
  }
  // It is Event's until the module is loaded, and that of the class from then on; `instanceof` asks.
  return new Proxy(Object.create(event) as object, {
    getPrototypeOf: () => (isLeftToLoad(runtime) ? event : (natives[name]?.prototype ?? event)),
  });
}

/** Whether what Node has of undici is not loaded yet. */
function isLeftToLoad({ versions, moduleLoadList }: Runtime): boolean {
  if (moduleLoadList === undefined || !isKnownNode(versions)) return false;
  return (
    Number.parseInt(versions.node, 10) >= FIRST_WITH_UNDICI && !moduleLoadList.includes(UNDICI)
  );
}
