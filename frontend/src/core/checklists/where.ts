import { i18next } from "../../ui/texts";
import "./words";

/** Where the person stands, as the server takes it. */
export interface Here {
  latitude: string;
  longitude: string;
  /** Metres. */
  accuracy: number;
}

const PATIENCE_MS = 15_000;
const DENIED = 1;
const LATE = 3;

/** A refusal in words that say what to do. */
export class NowhereKnown extends Error {
  override name = "NowhereKnown";
}

function refusal(code: number): NowhereKnown {
  const t = i18next.t;
  if (code === DENIED) return new NowhereKnown(t("checklists:geoDenied"));
  return new NowhereKnown(t(code === LATE ? "checklists:geoLate" : "checklists:geoNone"));
}

/** Ask the device once, exactly and afresh. */
export function whereAmI(): Promise<Here> {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) {
      reject(new NowhereKnown(i18next.t("checklists:geoAbsent")));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          accuracy: Math.round(coords.accuracy),
        }),
      (error) => reject(refusal(error.code)),
      { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS },
    );
  });
}
