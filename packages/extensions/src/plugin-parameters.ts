/** Parameters between the two forms that they have: as they stand in the header, and as plug-ins
 * know them. */
import type { ExtensionParameter, ExtensionParameters } from './extension';
import type { PluginParameters, PluginParameterValue } from './plugin-types';

/** What the framework takes for a number. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * As plug-ins know them. Every name becomes a property of the object's own, `__proto__` too; the
 * object has the methods of any other, since plug-ins call `hasOwnProperty`.
 */
export function toPluginParameters(parameters: ExtensionParameters): PluginParameters {
  const byName = new Map<string, PluginParameterValue[]>();
  for (const { name, value } of parameters) {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [toPluginValue(value)]);
    else values.push(toPluginValue(value));
  }
  return Object.fromEntries(
    Array.from(byName, ([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

/** As they stand in the header. @throws {TypeError} a value is of a type that no header can carry */
export function fromPluginParameters(
  parameters: PluginParameters | null | undefined,
): ExtensionParameter[] {
  return Object.entries(parameters ?? {}).flatMap(([name, values]) =>
    [values]
      .flat()
      .map((value: unknown) => ({ name, value: fromPluginValue(name, value), quoted: false })),
  );
}

function toPluginValue(value: string | null): PluginParameterValue {
  if (value === null) return true;
  return NUMBER.test(value) ? Number(value) : value;
}

function fromPluginValue(name: string, value: unknown): string | null {
  if (value === true) return null;
  if (typeof value === 'string' || typeof value === 'number' || value === false) {
    return String(value);
  }
  throw new TypeError(`the extension parameter "${name}" must be true, a string or a number`);
}
