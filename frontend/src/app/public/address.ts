/** The product's own address, seen from a company's: one label shorter. */
export function publicAddress(path: string): string {
  const { protocol, host } = window.location;
  return `${protocol}//${host.replace(/^[^.]+\./, "")}${path}`;
}
