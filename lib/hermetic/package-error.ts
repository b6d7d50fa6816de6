// The error for what the project's owner has to fix before a build can go on: one line without a stack.

/** The command that installs a package, ready for a shell. */
export function npmInstall(name: string, version?: string): string {
  const what = version ? `${name}@${version}` : name;
  return `npm install ${/^[\w@/.~-]+$/.test(what) ? what : JSON.stringify(what)}`;
}

/** An error in what a page asks for or in what is installed. Its message names the package and the fix. */
export class PackageError extends Error {
  constructor(message: string) {
    super(message);
    // Framework prints errors with their stacks, and a stack of this folder's internals would hide the message.
    this.stack = message;
  }
}
