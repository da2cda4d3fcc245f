// The little of oidc-provider that the tests use; it ships no types.
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";
  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    on(event: string, listener: (...values: unknown[]) => void): void;
  }
}
