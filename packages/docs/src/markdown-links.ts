/** The links in a Markdown text. */

/** Code, which is left alone, or an inline link. */
const CODE_OR_LINK = /```.*?^ *```$|`[^`\n]*`(?!\])|\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/gms;

/**
 * @param replace the new target for one; undefined leaves the text of the link alone
 */
export function markdownLinks(
  text: string,
  replace: (target: string) => string | undefined,
): string {
  return text.replaceAll(CODE_OR_LINK, (all, label?: string, target?: string) => {
    if (target === undefined) return all;
    const link = replace(target);
    return link === undefined ? label! : `[${label}](${link})`;
  });
}
