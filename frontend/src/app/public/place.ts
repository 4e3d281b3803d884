/** Two public pages need no router: an address and the Back button are enough. */
export type Place = "/" | "/find";

export const placeNow = (): Place => (window.location.pathname === "/find" ? "/find" : "/");

export function goTo(place: Place): void {
  window.history.pushState(null, "", place);
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.scrollTo(0, 0);
}
