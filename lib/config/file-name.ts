// Names in the config that become file names.

/** Names that Windows reserves for devices, whatever the extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** What is wrong with a config key as the name of a file under `data/`, or undefined. */
export function fileNameProblem(name: string): string | undefined {
  const shown = JSON.stringify(name);
  if (name === "") return 'a file name is empty; name it as pages should, such as "demand-forecast"';
  // No dot, so that the extension is always the format; no separator or NUL, so that it can't leave its folder.
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(name)) {
    return `${shown} can't be a file name; use letters, digits, "-" and "_", beginning with a letter or digit, and no extension`;
  }
  if (devices.test(name))
    return `${shown} can't be a file name: Windows reserves it for a device; choose another`;
  if (Buffer.byteLength(name) > 200) return `${shown} is too long for a file name; keep it under 200 bytes`;
  return undefined;
}
