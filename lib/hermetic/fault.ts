// What the project's owner has to mend before a build can go on, told in one line without a stack.

/** The command that installs a package, ready for a shell. */
export function npmInstall(name: string, version?: string): string {
  const what = version ? `${name}@${version}` : name;
  return `npm install ${/^[\w@/.~-]+$/.test(what) ? what : JSON.stringify(what)}`;
}

/** An error in what a page asks for or in what is installed. Its message names the thing and the mend. */
export class Fault extends Error {
  constructor(message: string) {
    super(message);
    // Framework prints errors whole; a stack of this folder's insides would bury the message.
    this.stack = message;
  }
}
