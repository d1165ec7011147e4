/** Figures as people read them. */

/** `m:ss` */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Millions of bytes. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A whole number, with commas between thousands. */
export function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
