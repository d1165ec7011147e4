/**
 * A plugin of TypeDoc: an entry point is called what programs import, and its page begins with the
 * README of its package.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Application, Context, DeclarationReflection, ProjectReflection } from 'typedoc';
import { hideInternalTypes } from './internal-types';
import { markdownLinks } from './markdown-links';
import { umbrellaFirst } from './packages';
import { groupByKind } from './reference-groups';
import { PACKAGES, REPOSITORY } from './repository';
import { siteLink } from './repository-links';

/** How TypeDoc calls an entry point: by its path, without `index` and endings. */
const ENTRY = /^([\w-]+)\/src(?:\/(\w+))?$/;

const AFTER_ALL = -1000;

export function load(app: Application): void {
  app.converter.on('resolveBegin', ({ project }: Context) => {
    project.children?.forEach(nameAndDescribe);
    describeAll(project);
  });
  // TypeDoc's own plugin makes the groups at the end of this.
  app.converter.on(
    'resolveEnd',
    ({ project }: Context) => {
      project.children?.forEach(groupByKind);
      hideInternalTypes(project);
    },
    AFTER_ALL,
  );
}

function nameAndDescribe(entry: DeclarationReflection): void {
  const [, folder, file] = ENTRY.exec(entry.name) ?? [];
  if (folder === undefined) throw new Error(`${entry.name} is not the path of an entry point`);
  entry.name = `@ws/${folder}`;
  if (file === undefined || file === folder) {
    entry.readme = [{ kind: 'text', text: readme(join(PACKAGES, folder, 'README.md')) }];
  } else {
    entry.name += `/${file}`;
  }
}

/** The text of a README, with the links of the site. */
function readme(path: string): string {
  return markdownLinks(readFileSync(path, 'utf8'), (link) => siteLink(REPOSITORY, path, link));
}

/** The page of the whole reference: what each package is. */
function describeAll(project: ProjectReflection): void {
  const lines = umbrellaFirst(project.children ?? [], ({ name }) => name)
    .filter(({ readme }) => readme !== undefined)
    .map(({ name }) => {
      const folder = name.slice('@ws/'.length);
      const manifest = readFileSync(join(PACKAGES, folder, 'package.json'), 'utf8');
      const { description } = JSON.parse(manifest) as { description: string };
      return `- [${name}](/reference/${folder}/): ${description}`;
    });
  const text = `# Reference\n\nEvery package: its README, and all that it exports.\n\n${lines.join('\n')}\n`;
  project.readme = [{ kind: 'text', text }];
}
