// The one function of multicoin-address-validator that the tests ask for a second opinion.
declare module "multicoin-address-validator" {
  const validator: { validate(address: string, currency: string): boolean };
  export default validator;
}
