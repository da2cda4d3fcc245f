// For tests: the zone of an invented passport, with its check digits (ICAO Doc 9303).

const weights = [7, 3, 1];
const valueOf = (letter: string): number =>
  letter === "<" ? 0 : letter >= "A" ? letter.charCodeAt(0) - 55 : Number(letter);
const checked = (text: string): string =>
  text + String(Array.from(text).reduce((sum, letter, i) => sum + valueOf(letter) * weights[i % 3]!, 0) % 10);

/** Two lines of 44 letters, of a Philippine passport unless another issuer is named. */
export function zoneOf(of: {
  number: string;
  family: string;
  given: string;
  birth: string;
  ends?: string;
  issuer?: string;
}): string {
  const issuer = of.issuer ?? "PHL";
  const names = `${of.family}<<${of.given}`.replaceAll(" ", "<");
  const number = checked(of.number.padEnd(9, "<"));
  const [birth, ends, personal] = [checked(of.birth), checked(of.ends ?? "400101"), checked("<".repeat(14))];
  const all = checked(number + birth + ends + personal).slice(-1);
  const first = `P<${issuer}${names}`.padEnd(44, "<").slice(0, 44);
  return `${first}\n${number}${issuer}${birth}<${ends}${personal}${all}`;
}
