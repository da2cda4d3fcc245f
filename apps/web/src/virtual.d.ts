// What vite.config.ts makes: one catalogue per language.
declare module "virtual:words*" {
  const catalogue: Readonly<Record<string, string>>;
  export default catalogue;
}
