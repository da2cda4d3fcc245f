// The nonce of this page's answer, for the style elements that libraries make.

declare global {
  // The name under which react-remove-scroll and its kin look for a nonce.
  var __webpack_nonce__: string | undefined;
}

/** Empty outside a served page. Scripts of other origins cannot read it: browsers hide the attribute's text. */
export const nonce: string =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
globalThis.__webpack_nonce__ = nonce;
