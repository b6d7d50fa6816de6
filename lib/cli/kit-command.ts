// A command of `ikigai-kit` that says in a sentence what is wrong with how it was called. commander's own texts are terse, and name neither
// the command nor where its help is.
import {Command, type ErrorOptions, type HelpContext} from "commander";
import {nearestName} from "../names/index.js";

export class KitCommand extends Command {
  override createCommand(name?: string): KitCommand {
    return new KitCommand(name);
  }

  override error(message: string, options: ErrorOptions = {}): never {
    const help = this.parent ? "explains its arguments and options" : "lists the commands";
    const words = this.#words(message.replace(/^error: /, ""), options.code);
    super.error(`ikigai-kit: ${words}\n  ${this.#path} --help ${help}`, options);
  }

  /** The help of a command that doesn't exist is an error too. */
  override outputHelp(context?: HelpContext | ((text: string) => string)): void {
    const asked = this.args[0] === "help" ? this.args[1] : this.args[0];
    if (!this.parent && asked !== undefined && !asked.startsWith("-") && !this.#names.includes(asked))
      this.error("", {code: "commander.unknownCommand"});
    super.outputHelp(context as HelpContext);
  }

  /** An empty value is mostly a variable of a script that isn't set. */
  refuseEmpty(): void {
    for (const option of this.options)
      if ([this.getOptionValue(option.attributeName())].flat().includes(""))
        this.error(`the value of ${option.long ?? option.flags} is empty`);
    const name = this.registeredArguments[this.args.indexOf("")]?.name();
    if (name !== undefined) this.error(`<${name}> is empty`);
  }

  get #path(): string {
    return this.parent ? `${this.parent.name()} ${this.name()}` : this.name();
  }

  get #subject(): string {
    return this.parent ? `the command ${this.name()}` : "ikigai-kit";
  }

  get #names(): string[] {
    return [...this.commands.map((command) => command.name()), "help"];
  }

  /** The arguments as help writes them: `<kind> <name>`. */
  get #usage(): string {
    return this.registeredArguments
      .map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`))
      .join(" ");
  }

  #words(text: string, code = ""): string {
    const quoted = (pattern: RegExp) => pattern.exec(text)?.[1] ?? "";
    switch (code) {
      case "commander.unknownCommand": {
        const asked = this.args[0] === "help" ? this.args[1]! : this.args[0]!;
        return `there is no command "${asked}".${suggestion(asked, this.#names, this.name())}`;
      }
      case "commander.unknownOption": {
        const flag = quoted(/unknown option '([^']*)'/);
        const flags = this.createHelp()
          .visibleOptions(this)
          .flatMap(({long}) => (long ? [long] : []));
        return `${this.#subject} has no option ${flag}.${suggestion(flag, flags)}`;
      }
      case "commander.missingArgument": {
        const name = quoted(/argument '([^']*)'/);
        return `<${name}> is missing. Write: ${this.#path} ${this.#usage}`;
      }
      case "commander.excessArguments": {
        const most = this.registeredArguments.length;
        const more = this.args.slice(most).map((argument) => `"${argument}"`);
        const fix = most === 0 ? "" : ", or put a value with spaces in quotes";
        return `${this.#subject} takes ${most === 0 ? "no arguments" : `only ${this.#usage}`}. Remove ${more.join(", ")}${fix}`;
      }
      case "commander.optionMissingArgument":
        return `${quoted(/option '([^']*)'/)} has no value. Write it after the option`;
      case "commander.missingMandatoryOptionValue":
        return `${this.#subject} needs the option ${quoted(/option '([^']*)'/)}`;
      case "commander.invalidArgument": {
        const [, flags, value, why] =
          /option '([^']*)' argument '([^]*)' is invalid\. ([^]*)/.exec(text) ?? [];
        if (flags !== undefined) return `${flags.split(" ")[0]} can't be "${value}". ${wanted(why!)}`;
        const [, given, name, fix] =
          /value '([^]*)' is invalid for argument '([^']*)'\. ([^]*)/.exec(text) ?? [];
        return name === undefined ? text : `<${name}> can't be "${given}". ${wanted(fix!)}`;
      }
      default:
        return text;
    }
  }
}

const suggestion = (written: string, names: readonly string[], before = ""): string => {
  const meant = nearestName(written, names);
  return meant === undefined ? "" : ` Did you mean ${before && `${before} `}${meant}?`;
};

const wanted = (why: string) => why.replace(/^Allowed choices are ([^]*)\.$/, "Use one of these: $1.");
