// The lint rules of the house: strict and typed; a rule is switched off only with its reason beside it.
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/node_modules",
      "**/dist",
      ".cache",
      ".build",
      "**/*.generated.*",
      "apps/web/vite.config.ts",
      "apps/web/verifier.config.ts",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./tsconfig.web.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Numbers and booleans read well in messages; objects stay forbidden.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Bytes are indexed in loops whose bounds are theirs; the compiler's noUncheckedIndexedAccess asks for the mark.
      "@typescript-eslint/no-non-null-assertion": "off",
      // An interface of our own is typed by the feature's contract at the place of the call.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Interfaces of the house are made of closures under method signatures; none of them has a `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      // A parser and its type share one name (docs: style).
      "@typescript-eslint/no-redeclare": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ["error", "always"],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.tsx", "packages/doors/web/**/*.ts", "features/*/pages/**/*.ts", "apps/web/src/**/*.ts"],
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      // Rules of the React compiler, which is not used here; state that follows from a page's address is set in effects.
      "react-hooks/set-state-in-effect": "off",
      "react-hooks/static-components": "off",
      "react-hooks/purity": "off",
    },
  },
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.mjs", "apps/cli/**", "bench/**", "conformance/**", "apps/*/main.ts"],
    rules: { "no-console": "off" },
  },
);
