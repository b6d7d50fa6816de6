// Lint rules: the recommended type-aware set, plus the few that have caught real faults in asynchronous code.
import js from "@eslint/js";
import {defineConfig} from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  {
    ignores: [
      ".ikigai",
      "build",
      "dist",
      "node_modules",
      "src/.observablehq",
      "docs/.observablehq",
      "dist-docs"
    ]
  },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {projectService: {allowDefaultProject: ["*.js"]}, tsconfigRootDir: import.meta.dirname}
    },
    rules: {
      eqeqeq: ["error", "always", {null: "ignore"}],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // An interface of what a schema gives has a name in hovers, errors and docs/api, where an alias is written out.
      "@typescript-eslint/no-empty-object-type": ["error", {allowInterfaces: "with-single-extends"}],
      "@typescript-eslint/no-unused-vars": ["error", {argsIgnorePattern: "^_", varsIgnorePattern: "^_"}],
      "@typescript-eslint/restrict-template-expressions": ["error", {allowNumber: true, allowBoolean: true}],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-non-null-assertion": "off"
    }
  },
  {files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked]},
  {
    files: ["bench/**", "faults/**", "lib/cli/**", "scripts/**", "test/{screenshots,words}/**"],
    rules: {"no-console": "off"}
  }
);
