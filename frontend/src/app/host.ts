/** Which of the three faces this page is; the server writes it into the page it serves. */
export type Host = "public" | "company" | "console" | "unknown";

const KNOWN: Host[] = ["public", "company", "console", "unknown"];

/** While developing there is no server to write it: the address decides. */
function byAddress(): Host {
  const { hostname } = window.location;
  if (hostname.startsWith("console.")) return "console";
  return hostname.includes(".") && !/^[\d.]+$/.test(hostname) ? "company" : "public";
}

export function hostOfPage(): Host {
  const said = document.querySelector<HTMLMetaElement>("meta[name='pult-host']")?.content;
  return KNOWN.includes(said as Host) ? (said as Host) : byAddress();
}
