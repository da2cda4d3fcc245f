// Small helpers to build a page from elements: text is always text, so nothing that was pasted can become markup.

type Child = Node | string;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A list of short texts. */
export const listOf = (texts: readonly string[]): HTMLUListElement =>
  element("ul", {}, ...texts.map((text) => element("li", {}, text)));
