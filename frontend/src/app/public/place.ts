/** A few public pages need no router: an address and the Back button are enough. */
const PLACES = ["/", "/prices", "/find", "/terms", "/privacy"] as const;
export type Place = (typeof PLACES)[number];

export const placeNow = (): Place =>
  PLACES.find((place) => place === window.location.pathname) ?? "/";

export function goTo(place: Place): void {
  window.history.pushState(null, "", place);
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.scrollTo(0, 0);
}
