/** The elements of a header, for tests: no quoting but of whole values, no mistakes. */
import type { ExtensionParameters } from '@ws/extensions';

/** `a; b=1; c="2"` to parameters. */
export function parameters(text: string): ExtensionParameters {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = null] = part.split('=');
      const quoted = value !== null && value.startsWith('"');
      return { name, value: quoted ? value.slice(1, -1) : value, quoted };
    });
}

/** The reverse. */
export function header(list: ExtensionParameters): string {
  return list.map(({ name, value }) => (value === null ? name : `${name}=${value}`)).join('; ');
}
